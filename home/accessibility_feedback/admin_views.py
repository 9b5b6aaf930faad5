"""Feedback about accessibility in the admin: the list by when an answer is due, and the page of each."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
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

from home.accessibility_feedback import use_cases
from home.accessibility_feedback.forms import AnswerForm, AssignForm, CloseForm
from home.accessibility_feedback.permissions import ANSWER, SEE, may_answer, may_see, policy
from home.models import AccessibilityFeedback
from verkosto.core.users import signed_in_user
from verkosto.registrations.admin.responses import private_response

SEE_FEEDBACK, CHANGE_FEEDBACK = "home.see_accessibility_feedback", "home.change_accessibility_feedback"
TITLE = gettext_lazy("Accessibility feedback")
HOME: dict[str, object] = {"url": reverse_lazy("wagtailadmin_home"), "label": gettext_lazy("Home")}
INDEX: dict[str, object] = {"url": reverse_lazy("accessibility_feedback:index"), "label": TITLE}


class FeedbackMenuItem(MenuItem):
    """The item in the menu of reports, for those who may read feedback."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request.user)


class FeedbackFilterSet(WagtailFilterSet):
    class Meta:
        model = AccessibilityFeedback
        fields = ["status", "kind"]


def time_left(feedback: AccessibilityFeedback) -> str:
    """Return how many days are left for the answer, or by how many it is overdue; "" for what has ended."""
    days = feedback.days_left
    if not feedback.is_open:
        return ""
    if days < 0:
        return ngettext("%(n)s day overdue", "%(n)s days overdue", -days) % {"n": -days}
    return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days} if days else _("Today")


def assignee(feedback: AccessibilityFeedback) -> str:
    """Return the name of the person who answers; "" if nobody is chosen."""
    user = feedback.assigned_to
    return (user.get_full_name() or user.get_username()) if user else ""


class FeedbackIndexView(generic.IndexView):
    """The list: what is overdue or due next first, then what has ended."""

    model = AccessibilityFeedback
    permission_policy = policy
    any_permission_required = [SEE, ANSWER]
    header_icon = "comment"
    page_title = TITLE
    filterset_class = FeedbackFilterSet
    paginate_by = 50
    index_url_name = "accessibility_feedback:index"
    index_results_url_name = "accessibility_feedback:index_results"
    template_name = "home/accessibility_feedback/admin/list.html"
    locale = None

    def get_base_queryset(self) -> QuerySet[AccessibilityFeedback]:
        return AccessibilityFeedback.objects.select_related("assigned_to")

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            TitleColumn("title", label=_("Feedback"), accessor=str, get_url=self.get_feedback_url),
            DateColumn("received_at", label=_("Received"), sort_key="received_at"),
            Column("due_on", label=_("To be answered by"), sort_key="due_on"),
            Column("left", label=_("Time left"), accessor=time_left),
            Column("assigned", label=pgettext("accessibility feedback", "Assigned to"), accessor=assignee),
            Column("get_status_display", label=_("Status"), sort_key="status"),
        ]

    def get_feedback_url(self, instance: AccessibilityFeedback) -> str:
        return reverse("accessibility_feedback:feedback", args=[instance.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [HOME, {"url": "", "label": TITLE}]


class FeedbackResultsView(FeedbackIndexView):
    results_only = True


class FeedbackView(PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """One feedback, with the forms by which it is assigned, answered or closed. Each view of it is logged."""

    permission_policy = policy
    any_permission_required = [SEE, ANSWER]
    header_icon = "comment"
    page_title = TITLE
    template_name = "home/accessibility_feedback/admin/feedback.html"
    forms = {"assign": AssignForm, "answer": AnswerForm, "close": CloseForm}

    @cached_property
    def feedback(self) -> AccessibilityFeedback:
        rows = AccessibilityFeedback.objects.select_related("assigned_to", "ended_by")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        log(self.feedback, SEE_FEEDBACK, user=request.user, title=str(self.feedback))
        return self.page({})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        action = request.POST.get("action", "")
        if action not in self.forms or not may_answer(request.user):
            return redirect(self.own_url)
        form = self.forms[action](request.POST)
        if not form.is_valid():
            return self.page({action: form}, status=422)
        try:
            done = self.carry_out(action, form)
        except use_cases.AlreadyEnded:
            messages.error(request, _("It has been answered or closed already. Nothing was sent."))
            return redirect(self.own_url)
        log(self.feedback, CHANGE_FEEDBACK, user=request.user, title=str(self.feedback), data={"action": action})
        messages.success(request, done)
        return redirect(self.own_url)

    def carry_out(self, action: str, form: BaseForm) -> str:
        """Do what a valid form says. Return the message about it. Raises AlreadyEnded."""
        feedback, user = self.feedback, signed_in_user(self.request)
        if action == "assign":
            use_cases.assign(feedback=feedback, to=form.cleaned_data["assigned_to"])
            return _("The assignment has been saved.")
        if action == "close":
            use_cases.close(feedback=feedback, reason=form.cleaned_data["reason"], user=user)
            return _("The feedback has been closed.")
        use_cases.answer(feedback=feedback, text=form.cleaned_data["text"], user=user)
        return _("The answer is being sent.") if feedback.email else _("The answer has been recorded.")

    def page(self, sent: dict[str, BaseForm], *, status: int = 200) -> HttpResponse:
        """Return the page, with a form that was sent in place of an empty one."""
        feedback = self.feedback
        empty = {
            "assign": AssignForm(initial={"assigned_to": feedback.assigned_to}),
            "answer": AnswerForm(),
            "close": CloseForm(),
        }
        context = self.get_context_data(
            feedback=feedback,
            time_left=time_left(feedback),
            assignee=assignee(feedback),
            may_answer=may_answer(self.request.user),
            form=next(iter(sent.values()), None),
            **{f"{name}_form": form for name, form in {**empty, **sent}.items()},
        )
        return private_response(self.render_to_response(context, status=status))

    @property
    def own_url(self) -> str:
        return reverse("accessibility_feedback:feedback", args=[self.kwargs["pk"]])

    def get_page_subtitle(self) -> str:
        return str(self.feedback)

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [HOME, INDEX, {"url": "", "label": str(self.feedback)}]


class FeedbackViewSet(ViewSet):
    """The list and the pages of feedback, in the menu of reports."""

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", FeedbackIndexView.as_view(), name="index"),
            path("results/", FeedbackResultsView.as_view(), name="index_results"),
            path("<int:pk>/", FeedbackView.as_view(), name="feedback"),
        ]
