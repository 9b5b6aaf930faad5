from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from event_pages.enums import CALENDAR_FILES
from event_pages.event_list import month_of_events, page_number, page_of_events
from event_pages.filters import filter_for
from event_pages.models.event import EventPage
from event_pages.panels import EditorTabs
from event_pages.querysets import EventQuerySet
from verkosto.core.models import BasePage
from verkosto.directory.pages import ContactsMixin

if TYPE_CHECKING:
    from django.http import HttpRequest


class EventIndexPage(EditorTabs, ContactsMixin, BasePage):
    """The list of all events in a language, including those below networks."""

    content_panels = [
        *BasePage.content_panels,
        *BasePage.related_panels,
        *BasePage.listing_panels,
        *BasePage.notice_panels,
    ]
    people_panels = ContactsMixin.contacts_panels

    page_description = _(
        "The list of all events in this language, with filters, a month view and a calendar to subscribe to."
    )
    file_names = CALENDAR_FILES
    is_embeddable = True
    subpage_types = ["verkosto_events.EventSeriesPage", "verkosto_events.EventPage"]

    override_translatable_fields = BasePage.override_translatable_fields

    class Meta:
        verbose_name = _("calendar of events")
        verbose_name_plural = _("calendars of events")
        constraints = BasePage.Meta.constraints

    @property
    def calendar_events(self) -> EventQuerySet:
        """All public events in the page's language, anywhere in the tree."""
        return EventPage.objects.visible().of_site(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, object]:
        """Return the page's context with ``filter`` (a form) and ``events``.

        The events are those of one page or, if the visitor has chosen a month, all of that month; then ``month`` is its
        grid.
        """
        context: dict[str, object] = super().get_context(request, *args, **kwargs)
        chosen = filter_for(self, self.calendar_events, request.GET)
        events = chosen.narrow(self.calendar_events)
        context["filter"] = chosen
        if month := chosen.view.month:
            context["events"] = shown = list(events.for_listing())
            context["month"] = shown_month = month_of_events(month, shown)
            context["previous_month_url"] = chosen.month_url(shown_month.previous)
            context["following_month_url"] = chosen.month_url(shown_month.following)
        else:
            # Lazy, because the template caches the list and then needs no query.
            context["page_shown"] = number = page_number(request.GET.get("page"))
            context["events"] = SimpleLazyObject(lambda: page_of_events(events, number))
        return context
