"""The pages of group forming in the admin. Each asks for the right to see and change the members of the network."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
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
from network_pages.group_plans import plans
from network_pages.group_plans.forms import SaveForm
from network_pages.group_plans.mail import preview_placed
from network_pages.group_plans.overview import PlanOverview
from network_pages.group_plans.people import person_of
from network_pages.group_plans.saving import (
    ApplicantsWithoutPlace,
    PeopleWithoutGroup,
    changes_of,
    may_add_groups,
    save_plan,
)
from network_pages.member_views import HOME, INDEX
from network_pages.models import GroupPlacement, GroupPlan
from verkosto.core.users import signed_in_user

PLANS: dict[str, object] = {"url": reverse_lazy("group_plans:index"), "label": gettext_lazy("Small group plans")}


class PlanIndexView(plan_views.PlanListView):
    """The plans of the networks whose members the user may see and change."""

    model = GroupPlan
    page_title = gettext_lazy("Small group plans")
    index_url_name = "group_plans:index"

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            TitleColumn("page_title", label=_("Network"), get_url=self.get_edit_url),
            DateColumn("created_at", label=_("Created"), sort_key="created_at"),
            Column("people_count", label=_("Number of people")),
            Column("group_count", label=_("Number of groups")),
            Column("status", label=_("Status")),
            Column("user", label=_("Created by"), accessor=lambda plan: plan.user.get_username() if plan.user else ""),
        ]

    def get_edit_url(self, instance: GroupPlan) -> str:
        return reverse("group_plans:plan", args=[instance.pk])

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton(_("Form small groups"), url=reverse("group_plans:add"), icon_name="plus")]


class PlanAdminView(plan_views.PlanAdminView):
    """A page of group forming, for those who may change the members of any page."""

    plans_breadcrumb = PLANS


class GroupPlanMixin(plan_views.PlanMixin):
    """Loads the plan of groups that the URL names."""

    model = GroupPlan
    url_namespace = "group_plans"
    refusal = gettext_lazy("Nothing was changed: groups are being formed, or the plan has been saved.")

    @cached_property
    def plan(self) -> GroupPlan:
        """The plan, which carries the network's title."""
        return cast("GroupPlan", self.found)

    @property
    def plan_title(self) -> str:
        """The network's title."""
        return getattr(self.plan, "page_title", "") or ""


class PlanView(GroupPlanMixin, PlanAdminView):
    """The groups with their people, or the progress of forming them."""

    template_name = "verkosto_networks/admin/group_plan.html"

    def get_page_title(self) -> str:
        return _("Small groups: %(network)s") % {"network": self.plan_title}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.plan.state != GroupPlan.State.DONE:
            return self.render_to_response(self.get_context_data(plan=self.plan))
        overview = PlanOverview(self.plan)
        data = {"count": len(overview.board.placements)}
        log(request.user, "network_pages.see_members", user=request.user, title="", data=data)
        return self.render_to_response(self.get_context_data(plan=self.plan, overview=overview))


class PlanStatusView(GroupPlanMixin, plan_views.PlanStatusView):
    """A plan's progress as JSON."""


class ChangePlanView(GroupPlanMixin, PlanAdminView):
    """Moves or locks one person, takes the last move back, looks for groups again, or returns to the earlier ones."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return self.to_plan(self.change())
        except plans.PlanNotOpen:
            return self.refuse()

    def change(self) -> str:
        """Do what the button says. Return the anchor of the person concerned."""
        post = self.request.POST
        if "again" in post:
            plans.search_again(plan=self.plan)
            return ""
        if "undo" in post:
            return self.undo()
        if "earlier" in post:
            if plans.keep_earlier(plan=self.plan):
                messages.success(self.request, _("The earlier proposal is back."))
            return ""
        if "forget" in post:
            plans.forget_earlier(plan=self.plan)
            return ""
        for action in ("move", "lock", "unlock"):
            if action in post:
                placement = self.placement(post[action])
                if action == "move":
                    self.move(placement)
                else:
                    plans.set_locked(plan=self.plan, placement=placement, locked=action == "lock")
                return f"#person-{placement.pk}"
        return ""

    def undo(self) -> str:
        placement = plans.undo_last_move(plan=self.plan)
        if placement is None:
            return ""
        group = placement.group.name if placement.group else ""
        text = _("%(person)s is back in %(group)s.") % {"person": person_of(placement).name, "group": group}
        messages.success(self.request, text)
        return f"#person-{placement.pk}"

    def move(self, placement: GroupPlacement) -> None:
        wanted = self.request.POST.get(f"group-{placement.pk}", "")
        group = get_object_or_404(self.plan.groups, pk=wanted if wanted.isdecimal() else None)
        if plans.move(plan=self.plan, placement=placement, group=group):
            text = _("%(person)s is now in %(group)s.") % {
                "person": person_of(placement).name,
                "group": group.name,
            }
            messages.success(self.request, text)

    def placement(self, key: str) -> GroupPlacement:
        rows = self.plan.placements.present().select_related("membership", "registration")
        return get_object_or_404(rows, pk=key if key.isdecimal() else None)


class RestartPlanView(GroupPlanMixin, plan_views.RestartPlanView):
    """Continue forming groups where that failed."""


class SavePlanView(GroupPlanMixin, PlanAdminView):
    """Shows what saving does, with the mail in each language; the second step saves."""

    template_name = "verkosto_networks/admin/group_plan_save.html"

    def get_page_title(self) -> str:
        return _("Save the groups")

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        plan: dict[str, object] = {"url": self.plan_url, "label": self.plan_title}
        return [HOME, INDEX, PLANS, plan, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.plan.is_open:
            return self.refuse()
        return self.show(SaveForm(plan=self.plan))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = SaveForm(request.POST, plan=self.plan)
        if not form.is_valid():
            return self.show(form)
        user = signed_in_user(request)
        try:
            changes = save_plan(
                plan=self.plan, term=form.term, names=form.names, notify=form.cleaned_data["notify"], user=user
            )
        except plans.PlanNotOpen:
            return self.refuse()
        except PeopleWithoutGroup:
            messages.error(request, _("Some people have no group yet. Put them into a group or leave them out."))
            return self.show(form)
        except ApplicantsWithoutPlace:
            text = _(
                "Nothing was saved: an application could not be accepted, because all places of the network are taken or "
                "the application has changed. Add places or leave the applicant out."
            )
            messages.error(request, text)
            return self.show(form)
        number = len(changes.added)
        text = ngettext("%(n)s person has joined a group.", "%(n)s people have joined their groups.", number)
        messages.success(request, _("The groups have been saved.") + " " + text % {"n": number})
        return self.to_plan()

    def show(self, form: SaveForm) -> HttpResponse:
        changes = changes_of(self.plan, form.term)
        return self.render_to_response(
            self.get_context_data(
                plan=self.plan,
                form=form,
                changes=changes,
                previews=preview_placed(changes.added, self.plan.translation_key),
                warnings=PlanOverview(self.plan).warnings,
                may_add=may_add_groups(self.plan.translation_key, signed_in_user(self.request)) if form.new else True,
            )
        )
