"""What the registrations know of Wagtail's internals: views without a hook, and the names of the fields in their forms.

``tests/verkosto/registrations/test_upstream.py`` fails when Wagtail changes one of these.
"""

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page, PageViewRestriction

from verkosto.core.upstream import API_ACTION_VIEW, WORKFLOW_ACTION_VIEW

# The view behind "Unpublish" calls its hook after the confirmation only.
UNPUBLISH_VIEW = "wagtailadmin_pages:unpublish"
# The modal dialog "Change privacy", which calls no hook.
PRIVACY_VIEW = "wagtailadmin_pages:set_privacy"


@dataclass(frozen=True, kw_only=True)
class DashboardApproval:
    """An approval that somebody sent to Wagtail's workflow view."""

    page_id: int
    task_state_id: int
    comment: str


def dashboard_approval(request: HttpRequest) -> DashboardApproval | None:
    """Return the approval that a request asks for; None for other requests."""
    match = request.resolver_match
    if match is None or match.view_name != WORKFLOW_ACTION_VIEW or request.method != "POST":
        return None
    if match.kwargs["action_name"] != "approve":
        return None
    return DashboardApproval(
        page_id=match.kwargs["page_id"],
        task_state_id=match.kwargs["task_state_id"],
        comment=request.POST.get("comment", ""),
    )


def redirect_from_workflow_view(request: HttpRequest, url: str) -> HttpResponse:
    """Return what Wagtail's workflow view answers when it leads on to a URL: JSON for its modal dialog."""
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        return JsonResponse({"step": "success", "redirect": url})
    return redirect(url)


def action_by_api(request: HttpRequest) -> tuple[str, int] | None:
    """Return name and page of the action that a request to the admin's API performs; None for other requests."""
    match = request.resolver_match
    if match is None or match.view_name != API_ACTION_VIEW or request.method != "POST":
        return None
    return match.kwargs["action_name"], int(match.kwargs["pk"])


def page_to_unpublish(request: HttpRequest) -> int | None:
    """Return the key of the page whose "Unpublish" page is opened; None for other requests."""
    match = request.resolver_match
    if match is None or match.view_name != UNPUBLISH_VIEW or request.method != "GET":
        return None
    return int(match.kwargs["page_id"])


def page_to_make_private(request: HttpRequest) -> int | None:
    """Return the key of the page that a request restricts; None for other requests."""
    match = request.resolver_match
    if match is None or match.view_name != PRIVACY_VIEW or request.method != "POST":
        return None
    if request.POST.get("restriction_type") in (None, "", PageViewRestriction.NONE):
        return None
    return int(match.kwargs["page_id"])


def answer_in_privacy_dialog(request: HttpRequest, template_name: str, context: dict[str, object]) -> HttpResponse:
    """Return a step of the dialog for the page's privacy: its script sends the form of this step like its own."""
    response: HttpResponse = render_modal_workflow(request, template_name, None, context, {"step": "set_privacy"})
    return response


def is_approval_in_editor(post: QueryDict) -> bool:
    """Return whether the page editor's form was sent with "Approve"."""
    return bool(post.get("action-workflow-action")) and post.get("workflow-action-name") == "approve"


def comment_in_editor(post: QueryDict) -> str:
    """Return the comment that came with an approval in the page editor."""
    try:
        data: Any = json.loads(post.get("workflow-action-extra-data") or "{}")
    except ValueError:
        return ""
    return str(data.get("comment", "")) if isinstance(data, dict) else ""


def is_submission_in_editor(post: QueryDict) -> bool:
    """Return whether the page editor's form was sent to moderation."""
    return bool(post.get("action-submit") or post.get("action-restart-workflow"))


def draft_in_editor(request: HttpRequest, page: Page) -> WagtailAdminPageForm | None:
    """Return the page editor's form, whose ``instance`` is the draft, not saved; None when the form has errors.

    ``page`` is the latest draft. Wagtail's editor shows the errors itself.
    """
    form_class = type(page).get_edit_handler().get_form_class()
    form = form_class(request.POST, request.FILES, instance=page, parent_page=page.get_parent(), for_user=request.user)
    if not form.is_valid():
        return None
    form.save(commit=False)
    return form


def save_draft(form: WagtailAdminPageForm, request: HttpRequest) -> None:
    """Save the draft of an editor's form as Wagtail's editor does, with its comments.

    What is not live yet is written to the page too. New comments are logged, and mailed to those who follow the page.
    """
    draft = form.instance
    if not draft.live:
        draft.save()
    revision = draft.save_revision(user=request.user, log_action=True)
    if "comments" in form.formsets:
        view = EditView()
        view.request, view.page, view.form = request, draft, form
        changes = view.get_commenting_changes()
        view.log_commenting_changes(changes, revision)
        view.send_commenting_notifications(changes)
