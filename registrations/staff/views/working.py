"""Long jobs and how far they are."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages

from ...jobs import start_again
from ...models import Job
from ..rights import Right, may
from .base import DESKS, HOME, StaffView


class OneJob:
    """Loads a job: one's own, or of a desk that one may change."""

    job: Job

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]  # a mixin for views
        self.job = get_object_or_404(Job.objects.select_related("desk", "user"), pk=kwargs["pk"])
        if not (
            self.job.user_id == request.user.pk or (self.job.desk and may(request.user, Right.CHANGE, self.job.desk))
        ):
            raise Http404


class JobView(OneJob, StaffView):
    """A job's progress; brings itself up to date where scripts run."""

    header_icon = "cogs"
    template_name = "registrations/staff/job.html"

    def get_page_title(self) -> str:
        return _("Mail to registrants") if self.job.kind == "mailing" else self.job.kind.replace("_", " ")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        path: list[dict[str, Any]] = [HOME, DESKS]
        if self.job.desk:
            url = reverse("registrations_staff:registrations", args=[self.job.desk_id])
            path.append({"url": url, "label": self.job.desk.title})
        return [*path, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        desk = self.job.desk
        back = (
            reverse("registrations_staff:mailings", args=[desk.pk]) if desk else reverse("registrations_staff:desks")
        )
        return {**super().get_context_data(**kwargs), "job": self.job, "back_url": back}


class JobStateView(OneJob, View):
    """A job's progress for the page's script."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        job = self.job
        is_over = job.state in (Job.State.DONE, Job.State.FAILED)
        return JsonResponse({"done": job.done, "total": job.total, "state": job.get_state_display(), "over": is_over})


class JobAgainView(OneJob, View):
    """Takes up a job that failed or was cut off."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if start_again(self.job):
            messages.success(request, _("The job goes on with what is left."))
        return redirect("registrations_staff:job", pk=self.job.pk)
