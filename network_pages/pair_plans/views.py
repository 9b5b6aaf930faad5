"""The pages of pair forming in the admin. Each asks for the right to see and change the members of the round."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, TitleColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from network_pages import plan_views
from network_pages.member_views import HOME, INDEX
from network_pages.models import PairApplicant, PairPlan
from network_pages.pair_plans import plans
from network_pages.pair_plans.forms import SavePairsForm
from network_pages.pair_plans.mail import preview_paired
from network_pages.pair_plans.overview import PairOverview
from network_pages.pair_plans.saving import (
    PairsIncomplete,
    may_add_organisations,
    may_save,
    new_organisations,
    save_pairs,
    suggested_themes,
)
from verkosto.core.users import signed_in_user

PLANS: dict[str, object] = {"url": reverse_lazy("pair_plans:index"), "label": gettext_lazy("Learning pair plans")}


class PlanIndexView(plan_views.PlanListView):
    """The plans of the rounds whose members the user may see and change."""

    model = PairPlan
    page_title = gettext_lazy("Learning pair plans")
    index_url_name = "pair_plans:index"

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            TitleColumn("page_title", label=_("Round"), get_url=self.get_edit_url),
            DateColumn("created_at", label=_("Created"), sort_key="created_at"),
            Column("applicant_count", label=_("Number of organisations")),
            Column("pair_count", label=_("Number of pairs")),
            Column("status", label=_("Status")),
            Column("user", label=_("Created by"), accessor=lambda plan: plan.user.get_username() if plan.user else ""),
        ]

    def get_edit_url(self, instance: PairPlan) -> str:
        return reverse("pair_plans:plan", args=[instance.pk])

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton(_("Form learning pairs"), url=reverse("pair_plans:add"), icon_name="plus")]


class PlanAdminView(plan_views.PlanAdminView):
    """A page of pair forming, for those who may change the members of any page."""

    plans_breadcrumb = PLANS


class PairPlanMixin(plan_views.PlanMixin):
    """Loads the plan of pairs that the URL names."""

    model = PairPlan
    url_namespace = "pair_plans"
    refusal = gettext_lazy("Nothing was changed: pairs are being proposed, or the plan has been saved.")

    @cached_property
    def plan(self) -> PairPlan:
        """The plan, which carries the round's title."""
        return cast("PairPlan", self.found)

    @property
    def plan_title(self) -> str:
        """The round's title."""
        return getattr(self.plan, "page_title", "") or ""


class PlanView(PairPlanMixin, PlanAdminView):
    """The pairs with their organisations, or the progress of proposing them."""

    template_name = "verkosto_networks/admin/pair_plan.html"

    def get_page_title(self) -> str:
        return _("Learning pairs: %(round)s") % {"round": self.plan_title}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        overview = PairOverview(self.plan) if self.plan.state == PairPlan.State.DONE else None
        if overview:
            data = {"count": len(overview.board.rows)}
            log(request.user, "network_pages.see_members", user=request.user, title="", data=data)
        return self.render_to_response(self.get_context_data(plan=self.plan, overview=overview))


class PlanStatusView(PairPlanMixin, plan_views.PlanStatusView):
    """A plan's progress as JSON."""


class RestartPlanView(PairPlanMixin, plan_views.RestartPlanView):
    """Propose pairs again where that failed."""


class ChangePlanView(PairPlanMixin, PlanAdminView):
    """Moves or swaps an organisation, splits or locks a pair, takes the last change back, or proposes again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return self.to_plan(self.change())
        except plans.PlanNotOpen:
            return self.refuse()
        except plans.PairFull:
            text = _("Nothing was changed: the pair has three organisations already. Change places with one of them.")
            messages.error(request, text)
            return self.to_plan()

    def change(self) -> str:
        """Do what the button says. Return the anchor of the organisation or pair concerned."""
        post = self.request.POST
        if "again" in post:
            plans.propose_again(plan=self.plan)
        elif "undo" in post:
            if plans.undo(plan=self.plan):
                messages.success(self.request, _("The last change has been undone."))
        elif "move" in post:
            return self.move(post["move"])
        for action in ("split", "lock", "unlock"):
            if action in post:
                number = int(post[action]) if post[action] in self.numbers() - {"None"} else 0
                if action == "split":
                    plans.split(plan=self.plan, number=number)
                    return ""
                plans.set_locked(plan=self.plan, number=number, locked=action == "lock")
                return f"#group-{number}"
        return ""

    def move(self, key: str) -> str:
        """Put an organisation where its list says: into a pair, a new one, none, or in the place of another."""
        applicant = self.applicant(key)
        kind, _colon, value = self.request.POST.get(f"group-{applicant.pk}", "").rpartition("-")
        if kind == "swap":
            plans.swap(plan=self.plan, one=applicant, other=self.applicant(value))
        elif value not in ("", "0", *self.numbers()):
            raise Http404
        else:
            plans.move(plan=self.plan, applicant=applicant, number=int(value) if value else None)
        return f"#person-{applicant.pk}"

    def numbers(self) -> set[str]:
        """The numbers of the pairs, as the form sends them."""
        return {str(number) for number in self.plan.applicants.values_list("number", flat=True)}

    def applicant(self, key: str) -> PairApplicant:
        return get_object_or_404(self.plan.applicants, pk=key if key.isdecimal() else None)


class SavePlanView(PairPlanMixin, PlanAdminView):
    """Shows what saving does, with the mail in each language; the second step saves."""

    template_name = "verkosto_networks/admin/pair_plan_save.html"

    def get_page_title(self) -> str:
        return _("Save the pairs")

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        plan: dict[str, object] = {"url": self.plan_url, "label": self.plan_title}
        return [HOME, INDEX, PLANS, plan, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def overview(self) -> PairOverview:
        """The pairs as they are now."""
        return PairOverview(self.plan)

    def get_form(self, data: QueryDict | None = None) -> SavePairsForm:
        return SavePairsForm(data, cards=self.overview.cards, themes=suggested_themes(self.overview.board))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(self.get_form()) if self.plan.is_open else self.refuse()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            saved = save_pairs(
                plan=self.plan,
                themes=form.themes,
                notify=form.cleaned_data["notify"],
                user=signed_in_user(request),
            )
        except plans.PlanNotOpen:
            return self.refuse()
        except PairsIncomplete:
            messages.error(request, _("A pair has two or three organisations. Change the pairs, then save them."))
            return self.show(form)
        text = _("The pairs are on the page of the round.")
        if not saved.is_published:
            text = _("The pairs are in the draft of the page of the round. Visitors see them when it is published.")
        if saved.notified:
            sent = ngettext("%(n)s email is being sent.", "%(n)s emails are being sent.", saved.notified)
            text += " " + sent % {"n": saved.notified}
        messages.success(request, text)
        return self.to_plan()

    def show(self, form: SavePairsForm) -> HttpResponse:
        user, board = signed_in_user(self.request), self.overview.board
        missing = new_organisations(board)
        return self.render_to_response(
            self.get_context_data(
                plan=self.plan,
                form=form,
                overview=self.overview,
                previews=preview_paired(self.plan, board.pairs),
                missing=missing,
                may_save=may_save(self.plan, user),
                may_add=not missing or may_add_organisations(user),
            )
        )
