from django import template
from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page

from verkosto.core.originals import is_original
from verkosto.registrations.admin.occupancy import occupancy_of, with_occupancy
from verkosto.registrations.admin.permissions import DeskPermission, countable_desks_of, has_permission
from verkosto.registrations.sync.form_changes import consequences

register = template.Library()


@register.inclusion_tag("verkosto_registrations/admin/desk_panel.html")
def desk_panel(page: Page, request: HttpRequest) -> dict[str, object]:
    """Show how many people have registered on a page, and what publishing its draft changes for them."""
    desk = with_occupancy(countable_desks_of(request.user, page)).first() if page.pk else None
    number = desk.registrations.active().count() if desk else 0
    can_see = desk is not None and has_permission(request.user, DeskPermission.SEE, desk)
    can_change = desk is not None and has_permission(request.user, DeskPermission.CHANGE, desk)
    return {
        "page": page,
        "desk": desk,
        "occupancy": occupancy_of(desk) if desk else None,
        "number": number,
        "consequences": consequences(desk, page) if desk and number and is_original(page) else [],
        "desk_url": reverse("verkosto_registrations_admin:registrations", args=[desk.pk]) if desk and can_see else "",
        "email_templates_url": reverse("verkosto_registrations_admin:email_templates", args=[desk.pk])
        if desk and can_change
        else "",
    }
