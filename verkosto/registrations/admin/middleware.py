from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.deprecation import MiddlewareMixin
from wagtail.models import Page

from verkosto.core.publishing_rules import pending_approval
from verkosto.registrations import upstream
from verkosto.registrations.admin.announcement_preview import announcement_of
from verkosto.registrations.admin.publishing import approval_confirmation_url
from verkosto.registrations.admin.withdrawal import ACTIONS, confirm_restricting, confirm_unpublishing
from verkosto.registrations.sync.withdrawal import affected_desks


class ConfirmApprovalMiddleware(MiddlewareMixin):
    """Leads to our confirmation pages from Wagtail's views that call no hook, or call it too late.

    They are the workflow view, the first page of unpublishing, the privacy dialog, and the admin's API; see
    ``verkosto.registrations.upstream``.
    """

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: tuple[object, ...],
        kwargs: dict[str, object],
    ) -> HttpResponse | None:
        if approval := upstream.dashboard_approval(request):
            return confirm_dashboard_approval(request, approval)
        if by_api := upstream.action_by_api(request):
            refuse_by_api(request, *by_api)
        if (page_id := upstream.page_to_unpublish(request)) and request.user.is_authenticated:
            page = Page.objects.filter(pk=page_id).first()
            return confirm_unpublishing(request, page) if page else None
        if (page_id := upstream.page_to_make_private(request)) and request.user.is_authenticated:
            page = Page.objects.filter(pk=page_id).first()
            return confirm_restricting(request, page) if page else None
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


def refuse_by_api(request: HttpRequest, action: str, page_id: int) -> None:
    """Raise PermissionDenied when an action would notify registrants or withdraw their page: an API call asks nobody."""
    page = Page.objects.filter(pk=page_id).first() if request.user.is_authenticated else None
    if page is None:
        return
    if action == "publish" and announcement_of(page.get_latest_revision_as_object()):
        raise PermissionDenied
    if action in ACTIONS and affected_desks([page]):
        raise PermissionDenied
