"""The lists of events in the admin."""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import PageStatusColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.query import PageQuerySet

from event_pages.imports.buttons import import_button
from event_pages.imports.forms import parent_pages
from event_pages.models import EventIndexPage, EventPage, EventSeriesPage
from event_pages.online_meetings.providers import meeting_providers
from event_pages.querysets import EventQuerySet
from verkosto.core.page_editor import SummaryEditView
from verkosto.core.page_lists import HookedIndexView
from verkosto.registrations.enums import PoolKind
from verkosto.registrations.models import Pool


class EventColumn(Column):
    """A column with an attribute of events. It is empty for pages of other types."""

    def get_value(self, instance: Page) -> object:
        return super().get_value(instance) if isinstance(instance, EventPage) else ""


class RegistrationsColumn(Column):
    """Places taken and capacity as "12 / 50" or "12"; "" without a desk."""

    def get_value(self, instance: Page) -> str:
        if getattr(instance, "desk_taken", None) is None:
            return ""
        if instance.desk_capacity is None:
            return str(instance.desk_taken)
        return f"{instance.desk_taken} / {instance.desk_capacity}"


def with_occupancy(pages: PageQuerySet) -> PageQuerySet:
    """Annotate pages with ``desk_taken`` and ``desk_capacity``, in places; both None without a desk."""
    pool = Pool.objects.filter(desk__translation_key=OuterRef("translation_key"), kind=PoolKind.DESK)
    return pages.annotate(
        desk_taken=Subquery(pool.values("taken")[:1]), desk_capacity=Subquery(pool.values("capacity")[:1])
    )


class EventIndexView(HookedIndexView):
    """A list that shows each event once: its version in the language by which the list is filtered, else in that of the
    account, else the original.

    ``list_filter`` has no ``locale``: Wagtail adds the filter by language itself, and reads ``?locale=`` as a language
    code, while the filter of a field would send a pk, to which the view responds with 404.
    """

    default_ordering = "nearest"

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        if parent_pages(self.request.user):
            buttons.append(import_button())
        if meeting_providers():
            url = reverse("verkosto_events_meetings:list")
            buttons.append(Button(_("Online meetings"), url, icon_name="calendar-check", priority=18))
        return buttons

    def get_base_queryset(self) -> EventQuerySet:
        events = super().get_base_queryset()
        if not self.request.GET.get("locale"):
            # By their keys: the search takes no condition that is a subquery of another kind.
            events = events.filter(id__in=events.in_language_or_original(get_language() or "").values("pk"))
        return with_occupancy(events)

    def order_queryset(self, queryset: EventQuerySet) -> EventQuerySet:
        return queryset.nearest_first() if self.ordering == self.default_ordering else super().order_queryset(queryset)


class EventListing(PageListingViewSet):
    """All events of the site."""

    model = EventPage
    index_view_class = EventIndexView
    icon = "calendar"
    menu_label = _("Events")
    menu_order = 210
    add_to_admin_menu = True
    columns = [
        *PageListingViewSet.columns[:2],
        Column("date_text", label=_("Date"), sort_key="sort_start", width="18%"),
        Column("get_status_display", label=_("Event status"), sort_key="status", width="10%"),
        RegistrationsColumn("registrations", label=_("Registrations"), width="12%"),
        PageStatusColumn("status_tag", label=_("Status"), sort_key="live", width="12%"),
    ]
    list_filter = ["kind", "status", "attendance"]


class EventExplorerView(ExplorableIndexView):
    """The pages below an event list or a series, with their numbers of places."""

    def annotate_queryset(self, pages: PageQuerySet) -> PageQuerySet:
        return with_occupancy(super().annotate_queryset(pages))


class EventIndexExplorer(PageViewSet):
    """The events below their list, in the tree of pages."""

    model = EventIndexPage
    parent_models = [EventIndexPage]
    index_view_class = EventExplorerView
    columns = [
        *PageListingViewSet.columns[:2],
        EventColumn("date_text", label=_("Date"), width="20%"),
        EventColumn("get_status_display", label=_("Event status"), width="10%"),
        RegistrationsColumn("registrations", label=_("Registrations"), width="12%"),
        PageStatusColumn("status_tag", label=_("Status"), sort_key="live", width="12%"),
    ]

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, object]:
        # The pages below the list are of several types: events, event types of plugins, and series.
        return super().get_index_view_kwargs(**{"model": Page, **kwargs})


class EventSeriesExplorer(EventIndexExplorer):
    """The events below their series."""

    model = EventSeriesPage
    parent_models = [EventSeriesPage]
    edit_view_class = SummaryEditView


class EventEditor(PageViewSet):
    """The editor of events, and of the event types of plugins."""

    model = EventPage
    parent_models: list[type[Page]] = []
    edit_view_class = SummaryEditView
