from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page

from verkosto.registrations import upstream
from verkosto.registrations.admin.announcement_preview import announcement_of
from verkosto.registrations.admin.permissions import pending_approval
from verkosto.registrations.admin.publishing import approval_confirmation_url


class ConfirmApprovalMiddleware:
    """Leads an approval outside the page editor to the confirmation page, when approving would notify registrants.

    Wagtail's workflow view and the admin's API call no hook; see ``verkosto.registrations.upstream``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if approval := upstream.dashboard_approval(request):
            return confirm_dashboard_approval(request, approval)
        if page_id := upstream.page_published_by_api(request):
            refuse_to_publish_by_api(request, page_id)
        return None


def confirm_dashboard_approval(request: HttpRequest, approval: upstream.DashboardApproval) -> HttpResponse | None:
    """Return the redirect to the confirmation page; None when Wagtail's view may go on."""
    page = Page.objects.filter(pk=approval.page_id).first() if request.user.is_authenticated else None
    state = pending_approval(page, request.user) if page else None
    if page is None or state is None or state.pk != approval.task_state_id:
        return None
    if announcement_of(page.get_latest_revision_as_object()) is None:
        return None
    url = approval_confirmation_url(request, page, state, approval.comment)
    return upstream.redirect_from_workflow_view(request, url)


def refuse_to_publish_by_api(request: HttpRequest, page_id: int) -> None:
    """Raise PermissionDenied when publishing a page would notify registrants: an API call shows nobody a preview."""
    page = Page.objects.filter(pk=page_id).first() if request.user.is_authenticated else None
    if page is not None and announcement_of(page.get_latest_revision_as_object()):
        raise PermissionDenied
