"""The panel of the next events on the admin's home page."""

from __future__ import annotations

from django.http import HttpRequest
from django.template import Context
from django.utils.translation import get_language
from wagtail.admin.ui.components import Component
from wagtail.permission_policies.pages import PagePermissionPolicy

from event_pages.dates import FAR_FUTURE
from event_pages.models import EventPage
from event_pages.querysets import LIST_COLUMNS, EventQuerySet
from verkosto.core.users import AnyUser


class NextEventsPanel(Component):
    """The next events that the user may edit, in the user's language where they have a version in it."""

    name = "events_next"
    template_name = "verkosto_events/admin/home_panel.html"
    order = 130
    shown = 6

    def __init__(self, user: AnyUser) -> None:
        self.user = user

    def get_context_data(self, parent_context: Context) -> dict[str, object]:
        """Return the panel's rows. Three queries, however many events there are."""
        events = editable_events(self.user).upcoming().filter(sort_start__lt=FAR_FUTURE)
        columns = (*LIST_COLUMNS, "has_unpublished_changes", "locale__language_code")
        return {"events": list(events.select_related("venue", "locale").only(*columns)[: self.shown])}


def editable_events(user: AnyUser) -> EventQuerySet:
    """Return the events that a user may change, each once: in the account's language, else as its original.

    If the user may edit no event in the language of the account, it is another in which they may.
    """
    allowed = PagePermissionPolicy().instances_user_has_permission_for(user, "change").values("pk")
    events: EventQuerySet = EventPage.objects.filter(pk__in=allowed)
    codes = sorted(events.order_by().values_list("locale__language_code", flat=True).distinct())
    own = get_language() or ""
    return events.in_language_or_original(own if own in codes or not codes else codes[0])


def add_next_events_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Add the panel for those who may edit pages; for the hook ``construct_homepage_panels``."""
    if PagePermissionPolicy().user_has_permission(request.user, "change"):
        panels.append(NextEventsPanel(request.user))
