from typing import cast

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.coreutils import get_content_languages

from verkosto.core.text import clean_line
from verkosto.registrations.admin.columns import (
    CountColumn,
    DetailTitleColumn,
    LanguagesColumn,
    OccupancyColumn,
    StateColumn,
)
from verkosto.registrations.admin.labels import event_time
from verkosto.registrations.admin.occupancy import occupancy_of, with_occupancy
from verkosto.registrations.admin.pagination import CountedPaginator
from verkosto.registrations.admin.permissions import DeskPermission, policy
from verkosto.registrations.admin.views.base import HOME_BREADCRUMB
from verkosto.registrations.enums import MessageState, Opening, RegistrationStatus
from verkosto.registrations.models import Desk
from verkosto.registrations.models.querysets import DeskQuerySet, is_over


def desk_state(desk: Desk) -> dict[str, object]:
    """Return whether a desk takes registrations, as the label, icon and tone of a state."""
    match desk.opening:
        case Opening.CANCELLED:
            return {"label": pgettext("event", "Cancelled"), "icon": "cross", "tone": "bad"}
        case Opening.CLOSED if not desk.has_page:
            return {"label": gettext("Its page is not public"), "icon": "no-view", "tone": "quiet"}
        case Opening.CLOSED:
            return {"label": gettext("Closed"), "icon": "lock", "tone": "quiet"}
        case Opening.NOT_YET:
            return {"label": gettext("Opens later"), "icon": "time", "tone": "plain"}
    if occupancy_of(desk).left == 0:
        return {"label": gettext("Full"), "icon": "warning", "tone": "attention"}
    return {"label": gettext("Open"), "icon": "check", "tone": "good"}


def desk_summary(desk: Desk) -> str:
    """Return a desk in one line: its time, whether it is open, and how many registrations await approval."""
    number = occupancy_of(desk).to_approve
    time, state = event_time(desk), str(desk_state(desk)["label"])
    to_approve = ngettext("%(number)s to approve", "%(number)s to approve", number) % {"number": number}
    # The time contains the event's status already.
    parts = [time, "" if state in time else state, to_approve if number else "", failed_messages(desk)]
    return " · ".join(filter(None, parts))


def failed_messages(desk: Desk) -> str:
    """Return how many of a desk's messages could not be delivered, as text; "" for none."""
    number = occupancy_of(desk).failed
    text = ngettext("%(number)s message could not be delivered", "%(number)s messages could not be delivered", number)
    return text % {"number": number} if number else ""


def filtered_registrations_url(desk: Desk, status: str) -> str:
    """Return the URL of the list of a desk's registrations with a status."""
    return reverse("verkosto_registrations_admin:registrations", args=[desk.pk]) + f"?status={status}"


def failed_messages_url(desk: Desk) -> str:
    """Return the URL of the list of a desk's messages that could not be delivered."""
    return reverse("verkosto_registrations_admin:desk_messages", args=[desk.pk]) + f"?state={MessageState.FAILED}"


class DeskFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("Registration"),
        method="by_state",
        choices=[("open", _("Open")), ("closed", _("Closed")), ("later", _("Opens later"))],
        empty_label=_("All"),
    )
    time = django_filters.ChoiceFilter(
        label=_("Time"),
        method="by_time",
        choices=[("coming", _("Upcoming or without a date")), ("past", _("Past"))],
        empty_label=_("All"),
    )
    attention = django_filters.ChoiceFilter(
        label=_("Needs action"),
        method="by_attention",
        choices=[
            ("approval", _("Registrations awaiting approval")),
            ("waiting", _("People on the waiting list")),
            ("failed", _("Messages that could not be delivered")),
        ],
        empty_label=_("All"),
    )

    class Meta:
        model = Desk
        fields: list[str] = []

    def by_state(self, desks: QuerySet[Desk], name: str, value: str) -> QuerySet[Desk]:
        if value == "later":
            return desks.filter(opens_at__gt=timezone.now())
        opened = Desk.objects.open_for_registration()
        return desks.filter(pk__in=opened) if value == "open" else desks.exclude(pk__in=opened)

    def by_time(self, desks: QuerySet[Desk], name: str, value: str) -> QuerySet[Desk]:
        return desks.filter(is_over()) if value == "past" else desks.exclude(is_over())

    def by_attention(self, desks: QuerySet[Desk], name: str, value: str) -> QuerySet[Desk]:
        counts = {"approval": "number_to_approve", "waiting": "number_waiting", "failed": "number_failed"}
        return desks.filter(**{f"{counts[value]}__gt": 0})


class DeskIndexView(generic.IndexView):
    """The desks that the user may see, and how full they are."""

    model = Desk
    permission_policy = policy
    any_permission_required = [DeskPermission.SEE]
    page_title = _("Registrations")
    header_icon = "clipboard-list"
    breadcrumbs_items = [HOME_BREADCRUMB]
    index_url_name = "verkosto_registrations_admin:desks"
    index_results_url_name = "verkosto_registrations_admin:desks_results"
    template_name = "verkosto_registrations/admin/desks.html"
    results_template_name = "verkosto_registrations/admin/results.html"
    filterset_class = DeskFilterSet
    is_searchable = True
    paginator_class = CountedPaginator
    paginate_by = 30
    verbose_name_plural = _("events with registrations")
    add_url_name = None
    locale = None

    @cached_property
    def columns(self) -> list[Column]:
        return [
            DetailTitleColumn(
                "title",
                label=_("Event or page"),
                url_name="verkosto_registrations_admin:registrations",
                narrow_detail=desk_summary,
                width="28%",
            ),
            OccupancyColumn("occupancy", label=_("Places taken"), width="18%"),
            Column(
                "when",
                label=_("When"),
                accessor=event_time,
                sort_key="starts_at",
                width="20%",
                classname="reg-wide-only",
            ),
            StateColumn("state", label=_("Registration"), accessor=desk_state, classname="reg-wide-only"),
            CountColumn(
                "number_waiting",
                label=_("Waiting"),
                sort_key="number_waiting",
                get_url=lambda desk: filtered_registrations_url(desk, RegistrationStatus.WAITING),
            ),
            CountColumn(
                "number_to_approve",
                label=_("To approve"),
                sort_key="number_to_approve",
                get_url=lambda desk: filtered_registrations_url(desk, RegistrationStatus.AWAITING_APPROVAL),
                needs_attention=True,
            ),
            CountColumn(
                "number_failed",
                label=_("Undelivered messages"),
                sort_key="number_failed",
                get_url=failed_messages_url,
                needs_attention=True,
            ),
            LanguagesColumn("languages", label=_("Languages"), classname="reg-wide-only"),
        ]

    def get_base_queryset(self) -> QuerySet[Desk]:
        return with_occupancy(policy.instances_user_has_permission_for(self.request.user, DeskPermission.SEE))

    def order_queryset(self, queryset: QuerySet[Desk]) -> QuerySet[Desk]:
        if self.is_explicitly_ordered:
            return super().order_queryset(queryset)
        return cast("DeskQuerySet", queryset).nearest_first()

    def search_queryset(self, queryset: QuerySet[Desk]) -> QuerySet[Desk]:
        if not self.is_searching:
            return queryset
        titles, text = Q(), clean_line(self.search_query)
        for language in get_content_languages():
            titles |= Q(**{f"versions__{language}__title__icontains": text})
        return queryset.filter(titles)


class DeskResultsView(DeskIndexView):
    results_only = True
