"""The doors through which a page is published: behind each one first sees who is going to be told what.

Publishing and scheduling, sending to moderation, approving in the editor and from the dashboard, and bulk publishing.
"""

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from verkosto.registrations.admin.announcement_preview import announcement_of
from verkosto.registrations.models import RegistrablePageMixin

COMMENT = "registrations_approval_comment"


def ask_before_publishing(request: HttpRequest, page: Any) -> HttpResponse | None:
    """For the hook ``before_publish_page``: the draft is saved; lead on to a page that asks, when anybody would be told."""
    return redirect("verkosto_registrations_admin:announce", pk=page.pk) if announcement_of(page) else None


def save_before_approving(request: HttpRequest, page: Any) -> None:
    """For the hook ``before_edit_page``: an approval in the editor that would publish is first saved as a draft.

    Only of a form that is complete: a draft may lack what a published page may not.
    """
    posted = request.POST
    if not posted.get("action-workflow-action") or posted.get("workflow-action-name") != "approve":
        return
    state = approval_of(page, request.user)
    if state is None or not issubclass(type(page), RegistrablePageMixin):
        return
    at_hand: Any = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    form_class = type(at_hand).get_edit_handler().get_form_class()
    parent = at_hand.get_parent()
    form = form_class(posted, request.FILES, instance=at_hand, parent_page=parent, for_user=request.user)
    if form.is_valid():
        data = posted.copy()
        del data["action-workflow-action"]
        request.POST = data  # type: ignore[assignment]  # has a setter
        comment = _comment_in(posted.get("workflow-action-extra-data", ""))
        request.approval_comment = comment  # type: ignore[attr-defined]  # for the hook after the draft is saved


def ask_after_editing(request: HttpRequest, page: Any) -> HttpResponse | None:
    """For the hook ``after_edit_page``: a draft that was approved leads to the page that asks; one that was sent to
    moderation shows who will be told when it is approved."""
    comment = getattr(request, "approval_comment", None)
    if comment is not None:
        return _go_on_approving(request, page, comment)
    sent = request.POST.get("action-submit") or request.POST.get("action-restart-workflow")
    if sent and announcement_of(page):
        return redirect(reverse("verkosto_registrations_admin:announce", args=[page.pk]) + "?sent=1")
    return None


def ask_before_bulk_publishing(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> Any:
    """For the hook ``before_bulk_action``: pages with news for people are published one by one."""
    if action_type != "publish" or not objects or not isinstance(objects[0], Page):
        return None
    pages = list(objects)
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        pages += [below for page in objects for below in page.get_descendants().not_live()]
    telling = [page for page in pages if announcement_of(page.get_latest_revision_as_object())]
    if not telling:
        return None
    for page in telling:
        button = messages.button(
            reverse("verkosto_registrations_admin:announce", args=[page.pk]), _("Preview recipients")
        )
        words = _("Publishing %(title)s notifies registered people. Publish it separately: nothing was published now.")
        messages.error(request, words % {"title": page.get_admin_display_title()}, buttons=[button])
    return redirect(action.next_url)


class AnnounceFirstMiddleware:
    """An approval from the dashboard or from a page's own row: Wagtail's view for it has no hook."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.view_name != "wagtailadmin_pages:workflow_action" or request.method != "POST":
            return None
        if kwargs["action_name"] != "approve" or not request.user.is_authenticated:
            return None
        page: Any = Page.objects.filter(pk=kwargs["page_id"]).first()
        state = approval_of(page, request.user) if page else None
        if state is None or state.pk != kwargs["task_state_id"]:
            return None
        if announcement_of(page.get_latest_revision_as_object()) is None:
            return None
        url = _announce_approval(request, page, state, request.POST.get("comment", ""))
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return JsonResponse({"step": "success", "redirect": url})
        return redirect(url)


def approval_of(page: Any, user: Any) -> Any:
    """The task state by whose approval a user would publish a page; None where they would not."""
    workflow_state, state = page.current_workflow_state, page.current_workflow_task_state
    if state is None or not page.workflow_in_progress or not workflow_state.is_at_final_task:
        return None
    names = [name for name, _label, _modal in state.task.specific.get_actions(page, user)]
    return state if "approve" in names else None


def approve(request: HttpRequest, state: Any) -> None:
    """Approve what was looked at, with the comment that was given on the way."""
    comments = request.session.pop(COMMENT, {})
    comment = comments.get("words", "") if comments.get("state") == state.pk else ""
    state.task.specific.on_action(state.specific, request.user, "approve", comment=comment)


def _go_on_approving(request: HttpRequest, page: Any, comment: str) -> HttpResponse | None:
    page = Page.objects.get(pk=page.pk)
    state = approval_of(page, request.user)
    if state is None:
        return None
    url = _announce_approval(request, page, state, comment)
    if announcement_of(page.get_latest_revision_as_object()):
        return redirect(url)
    approve(request, state)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def _announce_approval(request: HttpRequest, page: Any, state: Any, comment: str) -> str:
    # A comment is words of the staff: it is kept in the session, not in an address.
    request.session[COMMENT] = {"state": state.pk, "words": comment}
    return reverse("verkosto_registrations_admin:announce", args=[page.pk]) + f"?task={state.pk}"


def _comment_in(extra: str) -> str:
    try:
        data = json.loads(extra or "{}")
    except ValueError:
        return ""
    return str(data.get("comment", "")) if isinstance(data, dict) else ""
