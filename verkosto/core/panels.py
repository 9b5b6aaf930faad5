"""The panels of the page editor that several page types use."""

from __future__ import annotations

from django.template import Context
from wagtail.admin.panels import Panel


class SummaryPanel(Panel):
    """What is saved of the page in one line, and the checklist before publishing; on top of every tab.

    The page type says both in ``editor_summary`` and ``checklist``. Autosaving replaces the element (``EditView``).
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "verkosto_core/admin/panels/summary.html"

        def show_panel_furniture(self) -> bool:
            return False

        def get_context_data(self, parent_context: Context | None = None) -> dict[str, object]:
            return {**super().get_context_data(parent_context), "page": self.instance}
