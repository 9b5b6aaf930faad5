from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from event_pages.pages import IndexPublicSide
from event_pages.panels import EditorTabs
from verkosto.core.models import BasePage
from verkosto.directory.pages import ContactsMixin


class EventIndexPage(IndexPublicSide, EditorTabs, ContactsMixin, BasePage):
    """The calendar: every event of the language, also those below networks."""

    content_panels = [
        *BasePage.content_panels,
        *BasePage.related_panels,
        *BasePage.listing_panels,
        *BasePage.notice_panels,
    ]
    people_panels = ContactsMixin.contacts_panels

    subpage_types = ["verkosto_events.EventSeriesPage", "verkosto_events.EventPage"]

    override_translatable_fields = BasePage.override_translatable_fields

    class Meta:
        verbose_name = _("calendar of events")
        verbose_name_plural = _("calendars of events")
        constraints = BasePage.Meta.constraints
