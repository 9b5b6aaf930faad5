"""The view that edits a page with a summary."""

from wagtail.admin.views.pages.edit import EditView


class SummaryEditView(EditView):
    """Wagtail's view. Where it saves by itself, it also replaces the summary."""

    partials_template_name = "verkosto_core/admin/edit_partials.html"
