"""The kinds of files an export can be: the app's own, and those of installed apps through the hook
``register_verkosto_export_formats``, which returns a list of ``ExportFormat``."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from verkosto.registrations.exports.csv import stream_csv
from verkosto.registrations.exports.json import stream_json
from verkosto.registrations.exports.rows import Export
from verkosto.registrations.exports.xlsx import stream_xlsx


@dataclass(frozen=True, kw_only=True)
class ExportFormat:
    """One kind of file. ``stream`` yields the file's bytes portion by portion."""

    name: str
    label: str | Promise
    content_type: str
    stream: Callable[[Export], Iterator[bytes]]


@cache
def export_formats() -> dict[str, ExportFormat]:
    """Return the formats by name, in the order in which staff see them."""
    own = [
        ExportFormat(
            name="xlsx",
            label=_("Spreadsheet (XLSX)"),
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            stream=stream_xlsx,
        ),
        ExportFormat(name="csv", label=_("Comma-separated (CSV)"), content_type="text/csv", stream=stream_csv),
        ExportFormat(name="json", label=_("JSON"), content_type="application/json", stream=stream_json),
    ]
    added = [each for hook in hooks.get_hooks("register_verkosto_export_formats") for each in hook()]
    return {each.name: each for each in [*own, *added]}
