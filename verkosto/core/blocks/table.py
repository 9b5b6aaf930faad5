from typing import TypedDict

from django.utils.translation import gettext_lazy as _
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail_localize.segments import StringSegmentValue


class TableValue(TypedDict, total=False):
    """The part of Wagtail's value of a table that is translated."""

    data: list[list[str]]
    table_caption: str


class TranslatableTableBlock(TableBlock):
    """A table whose cells and caption are sent to translators.

    wagtail-localize 1.14 does not extract table cells (its issue 302). The two methods below are its protocol for
    custom blocks.
    """

    def get_translatable_segments(self, value: TableValue) -> list[StringSegmentValue]:
        if not value:
            return []
        segments = [
            StringSegmentValue(f"{row_number}.{column_number}", cell)
            for row_number, row in enumerate(value["data"])
            for column_number, cell in enumerate(row)
            if cell
        ]
        if value.get("table_caption"):
            segments.append(StringSegmentValue("caption", value["table_caption"]))
        return segments

    def restore_translated_segments(self, value: TableValue, segments: list[StringSegmentValue]) -> TableValue:
        for segment in segments:
            text = segment.render_text()
            if segment.path == "caption":
                value["table_caption"] = text
            else:
                row_number, column_number = segment.path.split(".")
                value["data"][int(row_number)][int(column_number)] = text
        return value

    class Meta:
        label = _("Table")
        icon = "table"
        group = _("Lists")
        template = "verkosto_core/blocks/table.html"
        description = _("Numbers or facts in rows and columns.")
        preview_value = {
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "table_caption": "Groups by year",
            "data": [["Year", "Groups"], ["2019", "4"]],
        }
