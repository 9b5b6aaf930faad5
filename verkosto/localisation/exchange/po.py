"""GNU gettext's PO: one entry a string, `msgctxt` = translation and path (gettext manual, "PO Files")."""

from __future__ import annotations

from collections.abc import Iterable

import polib
from django.utils import timezone

from verkosto.localisation.exchange.units import BrokenFile, Unit

SEPARATOR = "|"


def write(units: Iterable[Unit], *, source_language: str, language: str) -> bytes:
    po = polib.POFile(wrapwidth=100)
    now = timezone.now().strftime("%Y-%m-%d %H:%M%z")
    po.metadata = {
        "Project-Id-Version": "Verkosto",
        "POT-Creation-Date": now,
        "PO-Revision-Date": now,
        "Last-Translator": "",
        "Language-Team": language,
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": source_language,
    }
    for unit in units:
        po.append(
            polib.POEntry(
                msgctxt=f"{unit.translation}{SEPARATOR}{unit.path}",
                msgid=unit.source,
                msgstr=unit.target,
                comment="\n".join(filter(None, [unit.title, unit.note])),
                previous_msgid=unit.previous or None,
                flags=["fuzzy"] if unit.fuzzy else [],
            )
        )
    return str(po).encode()


def read(data: bytes) -> tuple[str, list[Unit]]:
    """Return the file's language and its units. Raises BrokenFile."""
    try:
        text = data.decode("utf-8-sig")
        # polib opens a file if its argument is the name of one: a PO file has more than one line.
        po = polib.pofile(text + "\n\n")
    except UnicodeDecodeError as error:
        raise BrokenFile("not UTF-8") from error
    except (OSError, ValueError, IndexError) as error:
        raise BrokenFile(str(error)) from error
    if not po.metadata:
        raise BrokenFile("no header")
    units = []
    for number, entry in enumerate(po, start=1):
        if entry.obsolete:
            continue
        translation, _separator, path = (entry.msgctxt or "").partition(SEPARATOR)
        units.append(
            Unit(
                translation,
                path,
                entry.msgid,
                entry.msgstr or next(iter(entry.msgstr_plural.values()), ""),
                entry.fuzzy,
                entry.comment.partition("\n")[0],
                entry.linenum or number,
                entry.previous_msgid or "",
                is_plural=bool(entry.msgid_plural),
            )
        )
    return po.metadata.get("Language", ""), units
