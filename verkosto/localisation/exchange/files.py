from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from verkosto.core.text_files import encoding_by_mark
from verkosto.localisation.exchange import po, tmx, xliff
from verkosto.localisation.exchange.units import Unit


@dataclass(frozen=True)
class Format:
    name: str
    suffix: str
    content_type: str
    write: Callable[..., bytes]
    read: Callable[[bytes], tuple[str, list[Unit]]]


FORMATS: dict[str, Any] = {
    "po": Format("PO (gettext)", "po", "text/x-gettext-translation; charset=utf-8", po.write, po.read),
    "xliff": Format("XLIFF 2.0", "xlf", "application/xliff+xml", xliff.write, xliff.read),
    "tmx": Format("TMX 1.4", "tmx", "application/x-tmx+xml", tmx.write, tmx.read),
}


def format_of(data: bytes) -> Format:
    """Return the format that a file's beginning shows."""
    start = data[:4000]
    if encoding := encoding_by_mark(data):
        text = start.decode(encoding, "ignore")
    else:
        text = start.replace(b"\0", b"").decode("latin-1")  # UTF-16 without a mark has a zero in every letter
    text = text.lstrip("\ufeff \t\r\n")
    if not text.startswith("<"):
        return FORMATS["po"]
    return FORMATS["tmx" if "<tmx" in text else "xliff"]
