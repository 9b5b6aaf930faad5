"""The check whether a user may publish a page now. Every way to publish calls ``reason_not_to_publish``.

| Way to publish                         | Caller                                            |
| -------------------------------------- | ------------------------------------------------- |
| "Publish" in the editor                | ``refuse_publishing``, hook ``before_publish_page`` |
| bulk publishing                        | ``refuse_bulk_publishing``, hook ``before_bulk_action`` |
| the admin's API, approving outside the editor | ``PublishingRulesMiddleware``                 |
| a confirmation page of an app          | its view                                          |
| at a set time                          | one of these when it is scheduled; when it runs, ``refuse_scheduled_publishing`` |
"""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext, gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.models import Page, PageLogEntry, Revision, TaskState

from verkosto.core import upstream
from verkosto.core.users import AnyUser

# A function rule(user, page, by_approval=…), which returns why the page's draft may not be published now, or "".
PublishingRule = Callable[..., str]
HOOK = "register_verkosto_publishing_rules"
NOT_PUBLISHED = "verkosto.publish.refused"


def pending_approval(page: Page, user: AnyUser) -> TaskState | None:
    """Return the task state whose approval by the user would publish a page; None if it would not publish it."""
    workflow_state, state = page.current_workflow_state, page.current_workflow_task_state
    if state is None or not page.workflow_in_progress or not workflow_state.is_at_final_task:
        return None
    names = [name for name, _label, _modal in state.task.specific.get_actions(page, user)]
    return state if "approve" in names else None


def reason_not_to_publish(user: AnyUser, page: Page, *, by_approval: bool = False) -> str:
    """Return why a user may not publish a page's draft now; "" if they may.

    For an approval the workflow's task decides, otherwise the page permission. In both cases the page must not be locked
    for the user, and no rule that an app has registered with the hook ``register_verkosto_publishing_rules`` may object.
    """
    permissions = page.permissions_for_user(user)
    allowed = pending_approval(page, user) is not None if by_approval else permissions.can_publish()
    if not allowed:
        return gettext("You may not publish this page.")
    if permissions.page_locked():
        return gettext("The page is locked.")
    return objection(user, page, by_approval=by_approval)


def objection(user: AnyUser | None, page: Page, *, by_approval: bool) -> str:
    """Return the reason of the first rule that objects to publishing a page; "" if none does."""
    rules: list[PublishingRule] = [rule for hook in hooks.get_hooks(HOOK) for rule in hook()]
    reasons = (rule(user, page, by_approval=by_approval) for rule in rules)
    return next(filter(None, reasons), "")


def refuse_scheduled_publishing(revision: Revision) -> str:
    """Return why a scheduled revision may not be published although its time has come; "" if it may.

    The permission was checked when the revision was scheduled. The rules are called again, because the page may have
    changed since, with the user who scheduled it, or None. The reason is logged in the page's history once for each
    revision. The command tries again in its next run.
    """
    page = revision.content_object
    if not isinstance(page, Page):
        return ""
    entries = PageLogEntry.objects.filter(page=page.pk, revision=revision)
    scheduled = entries.filter(action="wagtail.publish.schedule").select_related("user").last()
    by_approval = revision.task_states.filter(status=TaskState.STATUS_APPROVED).exists()
    reason = objection(scheduled.user if scheduled else None, page, by_approval=by_approval)
    if reason and not entries.filter(action=NOT_PUBLISHED).exists():
        log(page, NOT_PUBLISHED, revision=revision, data={"reason": reason})
    return reason


def register_log_action(registry: LogActionRegistry) -> None:
    """Register the log action for a scheduled revision that was not published. A page's history shows the reason."""

    @registry.register_action(NOT_PUBLISHED)
    class NotPublished(LogFormatter):
        label = gettext_lazy("Not published at the scheduled time")

        def format_message(self, entry: PageLogEntry) -> str:
            return gettext("Not published at the scheduled time: %(reason)s") % entry.data


def refuse_publishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to publish from the editor, and return to it with the reason. The draft is saved already."""
    if not (reason := reason_not_to_publish(request.user, page)):
        return None
    messages.error(request, reason)
    return redirect("wagtailadmin_pages:edit", page.pk)


def refuse_bulk_publishing(
    request: HttpRequest, action_type: str, objects: list[Page], action: BulkAction
) -> HttpResponse | None:
    """Refuse to publish any page of a selection if one of them may not be published."""
    if action_type != "publish" or not objects or not isinstance(objects[0], Page):
        return None
    reasons = [
        f"{page.get_admin_display_title()}: {reason}"
        for page in pages_to_publish(objects, action)
        if page.permissions_for_user(request.user).can_publish()  # Wagtail leaves out the others
        and (reason := reason_not_to_publish(request.user, page.specific))
    ]
    for reason in reasons:
        messages.error(request, reason)
    return redirect(action.next_url) if reasons else None


def pages_to_publish(objects: list[Page], action: BulkAction) -> list[Page]:
    """Return the pages that a bulk action publishes: those selected, and those below them where that is chosen."""
    pages = list(objects)
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        pages += [below for page in objects for below in page.get_descendants().not_live()]
    return pages


class PublishingRulesMiddleware(MiddlewareMixin):
    """A middleware that refuses, with status 403, publishing in Wagtail's views that call no hook: the API and workflows."""

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: tuple[object, ...],
        kwargs: dict[str, object],
    ) -> None:
        publication = upstream.publication_without_hook(request)
        if publication is None or not request.user.is_authenticated:
            return
        page = Page.objects.filter(pk=publication.page_id).first()
        # An approval before the last step of the workflow, or by somebody who may not give it, publishes nothing.
        if page is None or (publication.by_approval and pending_approval(page, request.user) is None):
            return
        if reason_not_to_publish(request.user, page.specific, by_approval=publication.by_approval):
            raise PermissionDenied
