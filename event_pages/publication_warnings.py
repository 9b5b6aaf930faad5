"""Warnings to editors about what is allowed, but probably a mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin import messages

from event_pages.enums import DatePrecision
from verkosto.core.models import BasePage

if TYPE_CHECKING:
    from event_pages.forms import EventForm


if TYPE_CHECKING:
    from event_pages.models import EventPage


def warnings_of(event: EventPage) -> dict[str, str]:
    """Return the warnings about an event by the name of the field that each concerns."""
    found: dict[str, str] = {}
    is_over = event.current_date.span[1] < timezone.now()
    if event.registration_enabled and event.is_held and is_over:
        date_field = "starts_at" if event.date_precision == DatePrecision.EXACT else "starts_on"
        found[date_field] = _("This date has passed, so no one can register.")
    if event.has_online_access and event.is_held and not is_over and not event.joining_url:
        found["joining_url"] = _("The event is online, but there is no joining link.")
    return found


def show_next_to_fields(form: EventForm) -> None:
    """Add the warnings about a form's event to the help texts of their fields."""
    for name, warning in warnings_of(form.instance).items():
        if name in form.fields:
            field = form.fields[name]
            field.help_text = format_html("<strong>{}</strong> {}", warning, field.help_text)


def warn_after_publishing(request: HttpRequest, page: BasePage) -> None:
    """Show the warnings about an event as messages after it was published. For the hook ``after_publish_page``."""
    event = page.specific
    if not hasattr(event, "joining_url"):
        return
    for warning in warnings_of(event).values():
        edit = messages.button(reverse("wagtailadmin_pages:edit", args=[event.pk]), _("Edit"))
        messages.warning(request, f"{event.get_admin_display_title()}: {warning}", buttons=[edit])
