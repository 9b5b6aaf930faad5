"""The registration's own panel in the page editor."""

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel


class DeskPanel(Panel):
    """What the page's desk holds already, and what a change of the form does to it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "verkosto_registrations/admin/desk_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            # The models' mixin lists this panel; the staff's side stands on the models.
            from verkosto.registrations.admin.occupancy import fill_of, with_fill
            from verkosto.registrations.admin.permissions import Right, may
            from verkosto.registrations.models import Desk
            from verkosto.registrations.sync.form_changes import consequences
            from verkosto.registrations.sync.originals import is_original

            context = super().get_context_data(parent_context)
            page = self.instance
            desk = with_fill(Desk.objects.filter(translation_key=page.translation_key)).first() if page.pk else None
            may_see = bool(desk and may(self.request.user, Right.SEE, desk))
            number = desk.registrations.active().count() if desk else 0
            return {
                **context,
                "page": page,
                "desk": desk,
                "fill": fill_of(desk) if desk else None,
                "number": number,
                "consequences": consequences(desk, page) if desk and number and is_original(page) else [],
                "desk_url": reverse("verkosto_registrations_admin:registrations", args=[desk.pk])
                if desk and may_see
                else "",
                "wordings_url": reverse("verkosto_registrations_admin:wordings", args=[desk.pk])
                if desk and may(self.request.user, Right.CHANGE, desk)
                else "",
            }
