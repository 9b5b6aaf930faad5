"""The list of all events in the admin."""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, LocaleColumn
from wagtail.admin.ui.tables.pages import PageStatusColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet

from registrations.models import Pool

from .models import EventPage


class RegistrationsColumn(Column):
    """ "12 / 50", "12", or "" where nobody has asked for places."""

    def get_value(self, instance: Any) -> str:
        if instance.places_taken is None:
            return ""
        if instance.places is None:
            return str(instance.places_taken)
        return f"{instance.places_taken} / {instance.places}"


class EventIndexView(IndexView):
    default_ordering = "-sort_start"

    def get_base_queryset(self) -> Any:
        pool = Pool.objects.filter(desk__translation_key=OuterRef("translation_key"), kind=Pool.Kind.DESK)
        return (
            super()
            .get_base_queryset()
            .annotate(
                places_taken=Subquery(pool.values("taken")[:1]),
                places=Subquery(pool.values("capacity")[:1]),
            )
        )


class EventListing(PageListingViewSet):
    model = EventPage
    index_view_class = EventIndexView
    icon = "calendar"
    menu_label = _("Events")
    menu_order = 210
    add_to_admin_menu = True
    columns = [
        *PageListingViewSet.columns[:2],
        Column("dates", label=_("Date"), sort_key="sort_start", width="18%"),
        Column("get_status_display", label=_("Held"), sort_key="status", width="10%"),
        RegistrationsColumn("registrations", label=_("Registrations"), width="10%"),
        PageStatusColumn("status_tag", label=_("Status"), sort_key="live", width="10%"),
        LocaleColumn(label=_("Language"), width="8%"),
    ]
    list_filter = ["kind", "status", "attendance", "locale"]
