"""The forms of a new and of an existing plan, in the admin."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from network_pages import plan_views
from network_pages.group_plans import plans
from network_pages.group_plans.forms import GroupPlanForm, PeopleFilterForm
from network_pages.group_plans.people import (
    ExistingGroup,
    GroupPerson,
    everyone_of,
    existing_groups,
    networks_for,
    person_of,
)
from network_pages.group_plans.views import GroupPlanMixin, PlanAdminView
from network_pages.grouping.settings import GroupSettings
from verkosto.core.users import signed_in_user


class PlanFormView(plan_views.PlanFormView[GroupPlanForm], PlanAdminView):
    """The form of a new plan. First the network, then its people."""

    page_title = gettext_lazy("Form small groups")
    page_label = gettext_lazy("Network")
    template_name = "verkosto_networks/admin/group_plan_form.html"
    #: Whether people are filtered before they are chosen. Not where some are chosen already: a filter would lose them.
    is_filtered = True

    def choices(self) -> list[tuple[UUID, str]]:
        return networks_for(self.request.user)

    @property
    def known(self) -> GroupSettings:
        """What the form begins with."""
        return GroupSettings()

    def offered(self) -> list[GroupPerson]:
        """The people to choose from."""
        return self.filter_form.chosen(self.everyone, self.existing)

    @cached_property
    def everyone(self) -> list[GroupPerson]:
        """The members of the network and its applicants."""
        return everyone_of(self.key)

    @cached_property
    def existing(self) -> list[ExistingGroup]:
        """The small groups of the network."""
        return existing_groups(self.key)

    @cached_property
    def filter_form(self) -> PeopleFilterForm:
        return PeopleFilterForm(self.request.GET)

    def initial(self, offered: list[GroupPerson]) -> dict[str, object]:
        """All members who are offered, and all groups. Applicants are chosen one by one: saving accepts them."""
        return {
            "people": [person.key for person in offered if person.application is None],
            "groups": [str(group.translation_key) for group in self.existing],
        }

    def get_form(self, data: QueryDict | None = None) -> GroupPlanForm:
        user, offered = signed_in_user(self.request), self.offered()
        initial = self.initial(offered) if data is None else None
        return GroupPlanForm(
            data,
            key=self.key,
            user=user,
            everyone=self.everyone,
            offered=offered,
            existing=self.existing,
            known=self.known,
            initial=initial,
        )

    def show(self, form: GroupPlanForm) -> HttpResponse:
        log(
            self.request.user,
            "network_pages.see_members",
            user=self.request.user,
            title="",
            data={"count": len(form.everyone)},
        )
        offered = self.filter_form if self.is_filtered else None
        return self.render_to_response(self.get_context_data(form=form, filter_form=offered))

    def save(self, form: GroupPlanForm) -> HttpResponse:
        plan = plans.start_plan(translation_key=self.key, wanted=form.wanted, user=signed_in_user(self.request))
        return redirect("group_plans:plan", pk=plan.pk)


class EditPlanView(GroupPlanMixin, PlanFormView):
    """The form of a plan that exists. Saving it looks for groups again."""

    page_title = gettext_lazy("Change the people and wishes")
    is_filtered = False

    @cached_property
    def chosen(self) -> tuple[UUID, str] | None:
        return self.plan.translation_key, self.plan_title

    @property
    def known(self) -> GroupSettings:
        return self.plan.settings

    def offered(self) -> list[GroupPerson]:
        return self.everyone

    def initial(self, offered: list[GroupPerson]) -> dict[str, object]:
        groups = list(self.plan.groups.all())
        # By address: who was an applicant may be a member now.
        placed = {person_of(row).email for row in self.plan.placements.select_related("membership", "registration")}
        return {
            "people": [person.key for person in offered if person.email in placed],
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
