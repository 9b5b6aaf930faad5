"""The forms of a new and of an existing plan, in the admin."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from network_pages.group_plans import plans
from network_pages.group_plans.forms import GroupPlanForm, NetworkForm, PeopleFilterForm
from network_pages.group_plans.people import ExistingGroup, existing_groups, networks_for, people_of
from network_pages.group_plans.views import PlanAdminView, PlanMixin
from network_pages.group_plans.wish_forms import MAX_WISHES
from network_pages.grouping.settings import GroupSettings
from network_pages.models import Membership
from verkosto.core.accounts import signed_in_user

ROWS_ADDED = 3


class PlanFormView(PlanAdminView):
    """The form of a new plan. First the network, then its people."""

    page_title = gettext_lazy("Form small groups")
    template_name = "verkosto_networks/admin/group_plan_form.html"
    #: Whether people are filtered before they are chosen. Not where some are chosen already: a filter would lose them.
    is_filtered = True

    @cached_property
    def network(self) -> tuple[UUID, str] | None:
        """The network that was chosen, with its title; the only one where there is but one."""
        choices = networks_for(self.request.user)
        wanted = self.request.GET.get("page")
        if wanted is None:
            return choices[0] if len(choices) == 1 else None
        found = next((choice for choice in choices if str(choice[0]) == wanted), None)
        if found is None:
            raise Http404
        return found

    @property
    def known(self) -> GroupSettings:
        """What the form begins with."""
        return GroupSettings()

    def offered(self) -> list[Membership]:
        """The people to choose from."""
        return list(self.filter_form.chosen(people_of(self.key), self.existing))

    @cached_property
    def existing(self) -> list[ExistingGroup]:
        """The small groups of the network."""
        return existing_groups(self.key)

    @cached_property
    def filter_form(self) -> PeopleFilterForm:
        return PeopleFilterForm(self.request.GET)

    @property
    def key(self) -> UUID:
        """The translation key of the network."""
        if self.network is None:
            raise Http404
        return self.network[0]

    def initial(self, offered: list[Membership]) -> dict[str, object]:
        """Everybody who is offered, and all groups."""
        return {
            "people": [str(person.pk) for person in offered],
            "groups": [str(group.translation_key) for group in self.existing],
        }

    def get_form(self, data: QueryDict | None = None) -> GroupPlanForm:
        user, offered = signed_in_user(self.request), self.offered()
        initial = self.initial(offered) if data is None else None
        return GroupPlanForm(
            data,
            key=self.key,
            user=user,
            offered=offered,
            existing=self.existing,
            known=self.known,
            initial=initial,
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.network is None:
            return self.render_to_response(
                self.get_context_data(network_form=NetworkForm(user=signed_in_user(request)))
            )
        return self.show(self.get_form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        data = request.POST.copy()
        if "more" in data:
            rows = data.get("wishes-TOTAL_FORMS", "")
            data["wishes-TOTAL_FORMS"] = str(min(int(rows) + ROWS_ADDED if rows.isdecimal() else 0, MAX_WISHES))
            return self.show(self.get_form(data))
        form = self.get_form(data)
        if not form.is_valid():
            return self.show(form)
        return self.save(form)

    def show(self, form: GroupPlanForm) -> HttpResponse:
        log(
            self.request.user,
            "network_pages.see_members",
            user=self.request.user,
            title="",
            data={"count": len(form.members)},
        )
        offered = self.filter_form if self.is_filtered else None
        return self.render_to_response(self.get_context_data(form=form, filter_form=offered))

    def get_page_title(self) -> str:
        return f"{self.page_title}: {self.network[1]}" if self.network else str(self.page_title)

    def save(self, form: GroupPlanForm) -> HttpResponse:
        plan = plans.start_plan(translation_key=self.key, wanted=form.wanted, user=signed_in_user(self.request))
        return redirect("group_plans:plan", pk=plan.pk)


class EditPlanView(PlanMixin, PlanFormView):
    """The form of a plan that exists. Saving it looks for groups again."""

    page_title = gettext_lazy("Change the people and wishes")
    is_filtered = False

    @cached_property
    def network(self) -> tuple[UUID, str] | None:
        return self.plan.translation_key, self.plan_title

    @property
    def known(self) -> GroupSettings:
        return self.plan.settings

    def offered(self) -> list[Membership]:
        return list(people_of(self.key))

    def initial(self, offered: list[Membership]) -> dict[str, object]:
        groups = list(self.plan.groups.all())
        return {
            "people": [str(pk) for pk in self.plan.placements.values_list("membership_id", flat=True)],
            "groups": [str(group.translation_key) for group in groups if group.translation_key],
            "new_groups": sum(group.translation_key is None for group in groups),
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self.plan.is_open else self.refuse()

    def save(self, form: GroupPlanForm) -> HttpResponse:
        try:
            plans.change_plan(plan=self.plan, wanted=form.wanted)
        except plans.PlanNotOpen:
            return self.refuse()
        return self.to_plan()
