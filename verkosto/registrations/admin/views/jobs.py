"""Background jobs and their progress."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages

from verkosto.core.jobs import engine
from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.labels import job_label, refusal_code_message
from verkosto.registrations.admin.permissions import DeskPermission, desks_for, has_permission
from verkosto.registrations.admin.views.base import DESKS_BREADCRUMB, HOME_BREADCRUMB, RegistrationsAdminView
from verkosto.registrations.models import Job

REFUSALS_SHOWN = 200
BACK_URL_NAMES = {
    "mailing": "mailings",
    "follow_up": "mailings",
    "invitations": "invitations",
    "find_duplicates": "duplicates",
    "invitation_reminders": "invitations",
}


class JobViewMixin:
    """Loads a job that the user started, or that belongs to a desk that the user may change."""

    job: Job

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]  # a mixin for views
        visible = Q(user=request.user) | Q(desk__in=desks_for(request.user, DeskPermission.CHANGE))
        self.job = get_object_or_404(Job.objects.select_related("desk", "user"), visible, pk=kwargs["pk"])


class JobView(JobViewMixin, RegistrationsAdminView):
    """A job's progress. A script keeps the page up to date."""

    header_icon = "cogs"
    template_name = "verkosto_registrations/admin/job.html"

    def get_page_title(self) -> str:
        return job_label(self.job)

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        path: list[dict[str, Any]] = [HOME_BREADCRUMB, DESKS_BREADCRUMB]
        if self.job.desk:
            url = reverse("verkosto_registrations_admin:registrations", args=[self.job.desk_id])
            path.append({"url": url, "label": self.job.desk.title})
        return [*path, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        # The user who started a job may have lost the permission to see the desk since: then no names are shown.
        can_see = bool(self.job.desk and has_permission(self.request.user, DeskPermission.SEE, self.job.desk))
        rows = list(self.job.refusals.select_related("registration")[:REFUSALS_SHOWN]) if can_see else []
        if rows:
            log("registrations.list", self.job.desk, self.request.user, rows=len(rows), what="refusals")
        refusals = [{"registration": row.registration, "message": refusal_code_message(row.code)} for row in rows]
        return {
            **super().get_context_data(**kwargs),
            "job": self.job,
            "refusals": refusals,
            "refused": self.job.refusals.count(),
            "back_url": self.back_url,
        }

    @property
    def back_url(self) -> str:
        if self.job.desk is None:
            return reverse("verkosto_registrations_admin:desks")
        name = BACK_URL_NAMES.get(self.job.kind, "registrations")
        return reverse(f"verkosto_registrations_admin:{name}", args=[self.job.desk.pk])


class JobStatusView(JobViewMixin, View):
    """A job's progress as JSON, for the page's script."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        job = self.job
        return JsonResponse(
            {"done": job.done, "total": job.total, "state": job.get_state_display(), "over": job.is_over}
        )


class RestartJobView(JobViewMixin, View):
    """Continue a job that failed or was interrupted."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if engine.resume(self.job):
            messages.success(request, _("The task continues where it stopped."))
        return redirect("verkosto_registrations_admin:job", pk=self.job.pk)
