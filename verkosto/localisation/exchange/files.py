from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

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
    start = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"<"):
        return FORMATS["po"]
    return FORMATS["tmx" if b"<tmx" in start else "xliff"]
