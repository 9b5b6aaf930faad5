"""The registration's own panel in the page editor."""

from wagtail.admin.panels import Panel


class DeskPanel(Panel):
    """What the page's desk already holds, and what publishing the draft changes in it.

    Its content comes from the template tag ``desk_panel`` of the admin layer, which stands above the models.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "verkosto_registrations/admin/panels/desk.html"
