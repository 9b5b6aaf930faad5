"""What the pages of group plans and of pair plans in the admin have in common."""

from __future__ import annotations

from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from network_pages.member_views import HOME, INDEX
from network_pages.models.plan import AbstractPlan
from network_pages.permissions import Permission, may
from network_pages.wish_forms import MAX_WISHES
from verkosto.core.jobs import engine
from verkosto.registrations.admin.permissions import policy

ROWS_ADDED = 3
PlanForm = TypeVar("PlanForm", bound=forms.Form)


class PlanListView(generic.IndexView):
    """The plans of the networks or rounds whose members the user may see and change. It names no person."""

    permission_policy = policy
    any_permission_required = [Permission.CHANGE]
    header_icon = "group"
    paginate_by = 50
    default_ordering = "-created_at"
    template_name = "verkosto_networks/admin/members.html"
    locale = None

    def get_base_queryset(self) -> QuerySet[AbstractPlan]:
        visible: QuerySet[AbstractPlan] = self.model.objects.visible_to(self.request.user).with_facts()
        return visible.select_related("user")

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [HOME, INDEX, {"url": "", "label": self.page_title}]


class PlanAdminView(WagtailAdminTemplateMixin, View):
    """A page of group or pair forming, for those who may change the members of any page."""

    header_icon = "group"
    #: The list of plans.
    plans_breadcrumb: ClassVar[dict[str, object]]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may(request.user, Permission.CHANGE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [HOME, INDEX, self.plans_breadcrumb, {"url": "", "label": self.get_page_title()}]


class PlanMixin:
    """Loads the plan that the URL names. An unknown one and one of another's network answer alike: 404."""

    model: ClassVar[type[AbstractPlan]]
    url_namespace: ClassVar[str]
    #: Why nothing was changed in a plan that is not open.
    refusal: ClassVar[object]
    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def found(self) -> AbstractPlan:
        """The plan of the URL. Raises Http404."""
        plans: Any = self.model._default_manager
        found: AbstractPlan = get_object_or_404(plans.visible_to(self.request.user).with_facts(), pk=self.kwargs["pk"])
        return found

    @property
    def plan_url(self) -> str:
        """The plan's page."""
        return reverse(f"{self.url_namespace}:plan", args=[self.found.pk])

    def to_plan(self, anchor: str = "") -> HttpResponse:
        """Return to the plan's page."""
        return redirect(self.plan_url + anchor)

    def refuse(self) -> HttpResponse:
        """Return to the plan's page, which says why nothing was changed."""
        messages.error(self.request, str(self.refusal))
        return self.to_plan()


class PlanStatusView(PlanMixin, View):
    """A plan's progress as JSON, for the page's script."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        plan = self.found
        return JsonResponse(
            {"done": plan.done, "total": plan.total, "state": plan.get_state_display(), "over": plan.is_over}
        )


class RestartPlanView(PlanMixin, PlanAdminView):
    """Continue a job that failed."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        plan = self.found
        if plan.state == AbstractPlan.State.FAILED:
            engine.resume(plan)
        return self.to_plan()


class PageChoiceForm(forms.Form):
    """For which network or round a plan is."""

    page = forms.TypedChoiceField(coerce=UUID)

    def __init__(self, *args: Any, choices: list[tuple[UUID, str]], label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        page: Any = self.fields["page"]
        page.choices, page.label = choices, label


class PlanFormView(PlanAdminView, Generic[PlanForm]):
    """The form of a new plan: first the network or round (the one that the URL names, or the only one), then the wishes."""

    page_title: ClassVar[object]
    #: What a plan is for: a network, or a round.
    page_label: ClassVar[object]

    def choices(self) -> list[tuple[UUID, str]]:
        """Return (translation key, title) of the networks or rounds that the user may choose."""
        raise NotImplementedError

    def get_form(self, data: QueryDict | None = None) -> PlanForm:
        """Return the form of the chosen network or round."""
        raise NotImplementedError

    def show(self, form: PlanForm) -> HttpResponse:
        """Show the form. It names people: each view of it is logged."""
        raise NotImplementedError

    def save(self, form: PlanForm) -> HttpResponse:
        """Start the plan of a valid form."""
        raise NotImplementedError

    @cached_property
    def chosen(self) -> tuple[UUID, str] | None:
        """The translation key and title; None where the user has not chosen yet. Raises Http404 for another's."""
        choices = self.choices()
        wanted = self.request.GET.get("page")
        if wanted is None:
            return choices[0] if len(choices) == 1 else None
        found = next((choice for choice in choices if str(choice[0]) == wanted), None)
        if found is None:
            raise Http404
        return found

    @property
    def key(self) -> UUID:
        """The translation key of the network or round. Raises Http404 while none is chosen."""
        if self.chosen is None:
            raise Http404
        return self.chosen[0]

    def get_page_title(self) -> str:
        return f"{self.page_title}: {self.chosen[1]}" if self.chosen else str(self.page_title)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.chosen is None:
            choice = PageChoiceForm(choices=self.choices(), label=str(self.page_label))
            return self.render_to_response(self.get_context_data(page_form=choice))
        return self.show(self.get_form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "more" in request.POST:
            return self.show(self.get_form(with_more_rows(request.POST)))
        form = self.get_form(request.POST)
        return self.save(form) if form.is_valid() else self.show(form)


def with_more_rows(data: QueryDict) -> QueryDict:
    """Return the data of a form with more empty rows for wishes."""
    longer = data.copy()
    rows = data.get("wishes-TOTAL_FORMS", "")
    longer["wishes-TOTAL_FORMS"] = str(min(int(rows) + ROWS_ADDED if rows.isdecimal() else 0, MAX_WISHES))
    return longer
