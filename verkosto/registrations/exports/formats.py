"""The file formats of exports.

An installed app adds one through the hook ``register_verkosto_export_formats``, which returns a list of ``ExportFormat``.
"""

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
    """One file format. ``stream`` yields the bytes of the file in portions."""

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
    added = [export_format for hook in hooks.get_hooks("register_verkosto_export_formats") for export_format in hook()]
    return {export_format.name: export_format for export_format in [*own, *added]}
