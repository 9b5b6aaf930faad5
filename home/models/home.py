from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from event_pages.enums import CALENDAR_FILES
from event_pages.event_rows import EventRow, event_rows
from event_pages.models import EventIndexPage, EventPage
from event_pages.querysets import EventQuerySet
from home.models.news import NewsIndexPage, NewsPage
from network_pages.models import NetworkIndexPage, NetworkPage
from verkosto.core.models import BasePage
from verkosto.core.view_restrictions import public_q


class HomePage(BasePage):
    """The home page of one language: its text, and lists of events, networks and news."""

    event_count = models.PositiveSmallIntegerField(
        _("upcoming events"),
        default=5,
        validators=[MaxValueValidator(20)],
        help_text=_("How many are shown. Events are listed automatically, next one first. 0 shows none."),
    )
    network_count = models.PositiveSmallIntegerField(
        _("networks"),
        default=8,
        validators=[MaxValueValidator(50)],
        help_text=_("How many are shown, in alphabetical order. 0 shows none."),
    )
    news_count = models.PositiveSmallIntegerField(
        _("news"),
        default=3,
        validators=[MaxValueValidator(20)],
        help_text=_("How many are shown, newest first. 0 shows none."),
    )

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldRowPanel(["event_count", "network_count", "news_count"])], heading=_("Collected automatically")
        ),
        *BasePage.listing_panels,
        *BasePage.notice_panels,
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList(BasePage.related_panels, heading=_("Related")),
            ObjectList(BasePage.promote_panels, heading=_("Search and sharing")),
            ObjectList(BasePage.settings_panels, heading=_("Settings")),
        ]
    )

    template = "home/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    file_names = CALENDAR_FILES
    subpage_types = [
        "home.StandardPage",
        "home.NewsIndexPage",
        "home.AccessibilityPage",
        "verkosto_networks.NetworkIndexPage",
        "verkosto_networks.ProgrammePage",
        "verkosto_events.EventIndexPage",
    ]
    page_description = _("The home page of one language. Each language has exactly one.")
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("event_count"),
        SynchronizedField("network_count"),
        SynchronizedField("news_count"),
    ]

    class Meta(BasePage.Meta):
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @cached_property
    def events(self) -> list[EventPage]:
        """The next public events. Constant number of queries."""
        return list(self.calendar_events.upcoming().for_listing()[: self.event_count])

    @cached_property
    def event_rows(self) -> list[EventRow]:
        """The rows of the next public events. Constant number of queries."""
        return event_rows(self.events)

    @cached_property
    def networks(self) -> list[NetworkPage]:
        """The public networks in alphabetical order."""
        networks = NetworkPage.objects.live().filter(public_q()).in_locale(self.locale_id)
        return list(networks.alphabetical().defer_streamfields()[: self.network_count])

    @cached_property
    def news(self) -> list[NewsPage]:
        """The newest public news, with their images."""
        news = NewsPage.objects.live().filter(public_q()).in_locale(self.locale_id).newest()
        return list(news[: self.news_count])

    @property
    def calendar_events(self) -> EventQuerySet:
        """Every public event of the language, for the page's calendar and feeds."""
        return EventPage.objects.visible().of_site(self)

    @cached_property
    def indexes(self) -> dict[str, Page | None]:
        """The first published index page of events, of networks and of news below this page. One query."""
        children = list(self.get_children().live())
        kinds = {"event_index": EventIndexPage, "network_index": NetworkIndexPage, "news_index": NewsIndexPage}
        return {
            name: next((child for child in children if issubclass(child.specific_class or Page, kind)), None)
            for name, kind in kinds.items()
        }
