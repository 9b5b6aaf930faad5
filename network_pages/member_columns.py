"""Columns and filters of the list of members."""

from collections.abc import Callable
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn

from network_pages.enums import MemberRole
from network_pages.member_pages import page_choices
from network_pages.models import Membership
from network_pages.models.membership_querysets import MembershipQuerySet

STATES = [("current", _("Current members")), ("later", _("Starts later")), ("ended", _("Ended"))]


class MemberFilterSet(WagtailFilterSet):
    """Which page, in which role, and whether the membership holds."""

    page = django_filters.ChoiceFilter(field_name="translation_key", label=_("Network, group or round"))
    role = django_filters.ChoiceFilter(field_name="role", label=_("Role"), choices=MemberRole.choices)
    state = django_filters.ChoiceFilter(label=_("Status"), choices=STATES, method="filter_state")

    class Meta:
        model = Membership
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = page_choices(self.request.user)
        self.filters["page"].extra["choices"] = [(str(key), title) for key, title in choices]

    def filter_state(self, queryset: MembershipQuerySet, name: str, value: str) -> QuerySet[Membership]:
        today = timezone.localdate()
        match value:
            case "current":
                return queryset.current()
            case "later":
                return queryset.filter(starts_on__gt=today, left_at=None)
        return queryset.exclude(pk__in=queryset.not_ended().order_by().values("pk"))


def member_columns(get_url: Callable[[Membership], str]) -> list[BaseColumn]:
    """Return the columns of the list."""
    return [
        TitleColumn("name", label=_("Name"), accessor=lambda row: row.name or row.email, get_url=get_url),
        Column("email", label=_("Email"), sort_key="email"),
        Column("organisation", label=_("Organisation"), sort_key="organisation"),
        Column("area", label=_("Area of responsibility"), sort_key="area"),
        Column("role_name", label=_("Role"), sort_key="role"),
        Column("page_title", label=_("Network, group or round")),
        Column("term", label=_("Term"), accessor=term, sort_key="ends_on"),
    ]


def term(membership: Membership) -> str:
    """Return from when and until when a membership holds, as text."""
    last = timezone.localdate(membership.left_at) if membership.left_at else membership.ends_on
    first = date_format(membership.starts_on, "SHORT_DATE_FORMAT")
    return f"{first} – {date_format(last, 'SHORT_DATE_FORMAT')}" if last else f"{first} –"
