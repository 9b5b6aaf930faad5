"""From "Publish" to the confirmation page, which shows who is going to be notified.

| Way to publish             | What leads to the confirmation page               |
| -------------------------- | ------------------------------------------------- |
| "Publish" in the editor    | hook ``before_publish_page``                      |
| "Approve" in the editor    | hook ``before_edit_page``                         |
| "Approve" on the dashboard | ``ConfirmApprovalMiddleware``                     |
| "Preview recipients"       | an item of the editor's action menu               |
| bulk publishing            | hook ``before_bulk_action``: publish one by one   |
| the admin's API            | refused by ``ConfirmApprovalMiddleware``          |

Only the confirmation page publishes, and it asks ``core.publishing_rules.reason_not_to_publish`` first.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.models import Page, TaskState

from verkosto.core.publishing_rules import pages_to_publish, pending_approval, reason_not_to_publish
from verkosto.registrations import upstream
from verkosto.registrations.admin.announcement_preview import announcement_of
from verkosto.registrations.admin.permissions import countable_desks_of
from verkosto.registrations.models import RegistrablePageMixin

COMMENT_KEY = "registrations_approval_comment"


class PreviewRecipientsMenuItem(ActionMenuItem):
    """Saves the draft and shows who would be notified if it were published."""

    label = gettext_lazy("Preview recipients")
    name = "action-preview-recipients"
    icon_name = "mail"

    def is_shown(self, context: Context) -> bool:
        page = context.get("page")
        if context["view"] != "edit" or not isinstance(page, RegistrablePageMixin) or not super().is_shown(context):
            return False
        return countable_desks_of(context["request"].user, context["page"]).exists()


def confirmation_url(page: Page) -> str:
    """Return the URL of the page that shows who is notified, and publishes."""
    return reverse("verkosto_registrations_admin:announce", args=[page.pk])


def confirm_before_publishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Lead to the confirmation page when publishing would notify anyone; the draft is saved already."""
    return redirect(confirmation_url(page)) if announcement_of(page) else None


def confirm_before_approving(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Save the draft that is approved in the editor, and lead to the confirmation page when it would notify anyone.

    Return None for everything else: Wagtail's editor goes on, and shows the errors of an incomplete form.
    """
    if not upstream.is_approval_in_editor(request.POST) or not isinstance(page, RegistrablePageMixin):
        return None
    stored = Page.objects.get(pk=page.pk)
    state = pending_approval(stored, request.user)
    if state is None:
        return None
    if reason := reason_not_to_publish(request.user, stored, by_approval=True):
        messages.error(request, reason)
        return redirect("wagtailadmin_pages:edit", page.pk)
    form = upstream.draft_in_editor(request, stored.get_latest_revision_as_object())
    if form is None or announcement_of(form.instance) is None:
        return None
    upstream.save_draft(form, request)
    comment = upstream.comment_in_editor(request.POST)
    return redirect(approval_confirmation_url(request, page, state, comment))


def preview_after_editing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Lead to the preview of a saved draft that was sent to moderation, or whose recipients were asked for."""
    if PreviewRecipientsMenuItem.name in request.POST:
        return redirect(confirmation_url(page))
    if upstream.is_submission_in_editor(request.POST) and announcement_of(page):
        return redirect(confirmation_url(page) + "?sent=1")
    return None


def refuse_bulk_publishing(
    request: HttpRequest, action_type: str, objects: list[Page], action: BulkAction
) -> HttpResponse | None:
    """Refuse to publish pages in bulk when one of them would notify anyone: each has to be confirmed by itself."""
    if action_type != "publish" or not objects or not isinstance(objects[0], Page):
        return None
    announcing = [
        page for page in pages_to_publish(objects, action) if announcement_of(page.get_latest_revision_as_object())
    ]
    if not announcing:
        return None
    for page in announcing:
        button = messages.button(confirmation_url(page), _("Preview recipients"))
        text = _("Publishing %(title)s notifies registered people. Publish it separately: nothing was published now.")
        messages.error(request, text % {"title": page.get_admin_display_title()}, buttons=[button])
    return redirect(action.next_url)


def approval_confirmation_url(request: HttpRequest, page: Page, state: TaskState, comment: str) -> str:
    """Return the confirmation page's URL for an approval. The comment is personal, so the session keeps it, not the URL."""
    request.session[COMMENT_KEY] = {"state": state.pk, "comment": comment}
    return f"{confirmation_url(page)}?task={state.pk}"


def approve(request: HttpRequest, state: TaskState) -> None:
    """Approve a task with the comment that was given before the confirmation page."""
    kept = request.session.pop(COMMENT_KEY, {})
    comment = kept.get("comment", "") if kept.get("state") == state.pk else ""
    state.task.specific.on_action(state.specific, request.user, "approve", comment=comment)
