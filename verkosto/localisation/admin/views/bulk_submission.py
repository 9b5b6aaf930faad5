"""A bulk submission's progress."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from verkosto.core.jobs import engine
from verkosto.core.users import SignedInUser, signed_in_user
from verkosto.localisation.models import BulkSubmission, BulkSubmissionItem
from verkosto.localisation.permissions.access import may_submit


def own_submissions(user: SignedInUser) -> QuerySet[BulkSubmission]:
    """Return the submissions that the user started; their pages were asked for then."""
    return BulkSubmission.objects.filter(user=user)


def bulk_submission_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a submission's progress, reloading while it runs; a POST resumes a job that was cut off."""
    if not may_submit(request.user):
        raise PermissionDenied
    submissions = (
        BulkSubmission.objects.all() if request.user.is_superuser else own_submissions(signed_in_user(request))
    )
    submission = get_object_or_404(submissions, pk=pk)
    if request.method == "POST":
        engine.resume(submission)
        return redirect(request.path)
    failed = submission.items.filter(outcome=BulkSubmissionItem.Outcome.FAILED).select_related("page")
    response = render(
        request,
        "verkosto_localisation/bulk_submission.html",
        {
            "submission": submission,
            "total": submission.total,
            "done": submission.done,
            "failed": failed,
            "page_title": _("Submitting for translation"),
            "header_title": _("Submitting for translation"),
            "breadcrumbs_items": [
                {"url": reverse("verkosto_localisation:dashboard"), "label": _("Translations")},
                {"url": "", "label": _("Submitting for translation")},
            ],
        },
    )
    if not submission.is_over:
        response["Refresh"] = "3"
    return response
