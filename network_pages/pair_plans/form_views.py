"""The forms of a new and of an existing plan of pairs, in the admin."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from network_pages import plan_views
from network_pages.desk_questions import questions_of
from network_pages.member_pages import pages_to_change
from network_pages.models import ProgrammeRoundPage
from network_pages.pair_plans import plans
from network_pages.pair_plans.applications import applications_to
from network_pages.pair_plans.forms import PairPlanForm, as_text
from network_pages.pair_plans.plans import EnteredOrganisation
from network_pages.pair_plans.views import PairPlanMixin, PlanAdminView
from network_pages.pair_settings import PairSettings
from verkosto.core.users import signed_in_user


class PlanFormView(plan_views.PlanFormView[PairPlanForm], PlanAdminView):
    """The form of a new plan. First the round, then its organisations."""

    page_title = gettext_lazy("Form learning pairs")
    page_label = gettext_lazy("Round")
    template_name = "verkosto_networks/admin/pair_plan_form.html"

    def choices(self) -> list[tuple[UUID, str]]:
        return pages_to_change(self.request.user, ProgrammeRoundPage)

    @property
    def known(self) -> PairSettings:
        """What the form begins with: the first questions that fit."""
        questions = [question for question in questions_of(self.key) if not question.is_retired]
        themes = next((each.key for each in questions if each.question_type.has_choices), "")
        sizes = next((each.key for each in questions if each.type == "number"), "")
        return PairSettings(themes=themes, sizes=sizes)

    def initial(self) -> dict[str, object]:
        """All accepted applications."""
        return {"applications": [str(row.pk) for row in applications_to(self.key)]}

    def get_form(self, data: QueryDict | None = None) -> PairPlanForm:
        return PairPlanForm(data, key=self.key, known=self.known, initial=self.initial() if data is None else None)

    def show(self, form: PairPlanForm) -> HttpResponse:
        user = signed_in_user(self.request)
        log(user, "network_pages.see_members", user=user, title="", data={"count": len(form.offered)})
        return self.render_to_response(self.get_context_data(form=form))

    def save(self, form: PairPlanForm) -> HttpResponse:
        plan = plans.start_plan(translation_key=self.key, wanted=form.wanted, user=signed_in_user(self.request))
        return redirect("pair_plans:plan", pk=plan.pk)


class EditPlanView(PairPlanMixin, PlanFormView):
    """The form of a plan that exists. Saving it proposes pairs again."""

    page_title = gettext_lazy("Change the organisations and wishes")

    @cached_property
    def chosen(self) -> tuple[UUID, str] | None:
        return self.plan.translation_key, self.plan_title

    @property
    def known(self) -> PairSettings:
        return self.plan.settings

    def initial(self) -> dict[str, object]:
        rows = list(self.plan.applicants.order_by("pk"))
        entered = [EnteredOrganisation(name=row.name, themes=row.themes, size=row.size) for row in rows if row.name]
        chosen = [str(row.registration_id) for row in rows if row.registration_id]
        return {"applications": chosen, "entered": as_text(entered)}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self.plan.is_open else self.refuse()

    def save(self, form: PairPlanForm) -> HttpResponse:
        try:
            plans.change_plan(plan=self.plan, wanted=form.wanted)
        except plans.PlanNotOpen:
            return self.refuse()
        return self.to_plan()
