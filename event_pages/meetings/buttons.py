"""The buttons of a series in the admin that lead to the pages about its meetings."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from event_pages.models import EventSeriesPage
from verkosto.core.users import AnyUser


def series_buttons(
    page: Page, user: AnyUser, view_name: str | None = None, next_url: str | None = None
) -> Iterator[Button]:
    """Yield the buttons for a series, in the header of its editor and of its list."""
    if not issubclass(page.specific_class or Page, EventSeriesPage):
        return
    permissions = page.permissions_for_user(user)
    if permissions.can_add_subpage():
        url = reverse("verkosto_events_admin:add_meetings", args=[page.pk])
        yield Button(_("Add meetings"), url, icon_name="calendar", priority=15)
    if permissions.can_publish_subpage():
        url = reverse("verkosto_events_admin:change_meetings", args=[page.pk])
        yield Button(_("Change several meetings"), url, icon_name="calendar-check", priority=16)
