"""The list of followers in the admin, for staff with a permission to it. Each view of it is logged."""

from __future__ import annotations

from typing import Any

import django_filters
from django.conf import settings
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy

from verkosto.core.email_addresses import normalise_email
from verkosto.subscriptions import follows
from verkosto.subscriptions.enums import Frequency
from verkosto.subscriptions.models import Follow, Follower

policy = ModelPermissionPolicy(Follower)
SEE_FOLLOWERS = "verkosto_subscriptions.see_followers"
#: How many of what is followed can be filtered by: those with the most followers.
MAX_TARGETS = 100
TITLE = gettext_lazy("Followers")
HOME: dict[str, object] = {"url": reverse_lazy("wagtailadmin_home"), "label": gettext_lazy("Home")}
INDEX: dict[str, object] = {"url": reverse_lazy("followers:index"), "label": TITLE}


class FollowersMenuItem(MenuItem):
    """The menu item of the list, for those who may see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return policy.user_has_any_permission(request.user, ["view", "delete"])


class FollowerFilterSet(WagtailFilterSet):
    """What somebody follows, with the number of its followers, and how often they are notified."""

    target = django_filters.ChoiceFilter(label=gettext_lazy("Follows"), method="of_target")
    frequency = django_filters.ChoiceFilter(label=gettext_lazy("How often"), choices=Frequency.choices)

    class Meta:
        model = Follower
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["target"].extra["choices"] = target_choices()

    def of_target(self, queryset: QuerySet[Follower], name: str, value: str) -> QuerySet[Follower]:
        kind, _colon, key = value.partition(":")
        return queryset.filter(pk__in=Follow.objects.filter(kind=kind, key=key).values("follower"))


def target_choices() -> list[tuple[str, str]]:
    """Return what is followed most, as choices with the number of followers. A constant number of queries."""
    rows = Follow.objects.order_by().values_list("kind", "key").annotate(number=Count("pk"))
    counted = {(kind, key): number for kind, key, number in rows.order_by("-number", "kind", "key")[:MAX_TARGETS]}
    titles: dict[tuple[str, str], str] = {}
    for language in dict.fromkeys((settings.LANGUAGE_CODE, get_language() or settings.LANGUAGE_CODE)):
        found = follows.find_targets(list(counted), language)
        titles |= {(target.kind, target.key): target.link.title for target in found}
    return [
        (f"{kind}:{key}", f"{titles.get((kind, key)) or _('(no longer public)')} ({number})")
        for (kind, key), number in counted.items()
    ]


class FollowerIndexView(generic.IndexView):
    """The list of followers."""

    model = Follower
    permission_policy = policy
    any_permission_required = ["view", "delete"]
    header_icon = "mail"
    page_title = TITLE
    filterset_class = FollowerFilterSet
    is_searchable = True
    paginate_by = 50
    default_ordering = "-created_at"
    template_name = "verkosto_subscriptions/admin/followers.html"
    index_url_name = "followers:index"
    index_results_url_name = "followers:index_results"
    locale = None

    def get_base_queryset(self) -> QuerySet[Follower]:
        return Follower.objects.annotate(number=Count("follows"))

    def search_queryset(self, queryset: QuerySet[Follower]) -> QuerySet[Follower]:
        return queryset.filter(email__icontains=normalise_email(self.search_query)) if self.is_searching else queryset

    @cached_property
    def columns(self) -> list[BaseColumn]:
        may_erase = policy.user_has_permission(self.request.user, "delete")
        return [
            TitleColumn(
                "email", label=_("Email"), sort_key="email", get_url=self.get_erase_url if may_erase else None
            ),
            Column("number", label=_("Follows"), sort_key="number"),
            Column("get_frequency_display", label=_("How often"), sort_key="frequency"),
            Column("language", label=_("Language"), sort_key="language"),
            DateColumn("created_at", label=_("Since"), sort_key="created_at"),
        ]

    def get_erase_url(self, instance: Follower) -> str:
        return reverse("followers:erase", args=[instance.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [HOME, {"url": "", "label": TITLE}]

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        context: dict[str, object] = super().get_context_data(**kwargs)
        user = self.request.user
        log(user, SEE_FOLLOWERS, user=user, title="", data={"count": context["items_count"]})
        return context


class FollowerResultsView(FollowerIndexView):
    results_only = True


class EraseFollowerView(PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """Ask, then erase one follower, who asks for it or whose mailbox does not exist any more."""

    permission_policy = policy
    permission_required = "delete"
    header_icon = "mail"
    page_title = gettext_lazy("Erase a follower")
    template_name = "verkosto_subscriptions/admin/erase_follower.html"

    @cached_property
    def follower(self) -> Follower:
        return get_object_or_404(Follower, pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(follower=self.follower))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        log(self.follower, "wagtail.delete", user=request.user)
        follows.end(follower=self.follower)
        messages.success(request, _("The follower has been erased, and gets no more emails."))
        return redirect("followers:index")

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [HOME, INDEX, {"url": "", "label": self.page_title}]


class FollowerViewSet(ViewSet):
    """The list of followers, in the menu of registrations."""

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", FollowerIndexView.as_view(), name="index"),
            path("results/", FollowerResultsView.as_view(), name="index_results"),
            path("<int:pk>/erase/", EraseFollowerView.as_view(), name="erase"),
        ]
