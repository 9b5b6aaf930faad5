"""From "Unpublish", "Delete" and "Move" to the page that says how many people are registered.

| Way to withdraw or move a page           | What leads to the page                                  |
| ---------------------------------------- | ------------------------------------------------------- |
| Delete and move, also of a parent        | hooks ``before_delete_page`` and ``before_move_page``   |
| Unpublish                                | ``ConfirmApprovalMiddleware``, ``before_unpublish_page`` |
| "Change privacy"                         | a step in its dialog, by ``ConfirmApprovalMiddleware``  |
| bulk actions                             | hook ``before_bulk_action``: one by one                 |
| the admin's API                          | refused by ``ConfirmApprovalMiddleware``                |
| expiry by schedule                       | nobody is asked; the desk follows                       |

What was chosen there is kept in the session until Wagtail's own confirmation is answered.
"""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.models import Page

from verkosto.core.users import AnyUser
from verkosto.core.view_restrictions import is_path_private
from verkosto.registrations import upstream
from verkosto.registrations.sync.withdrawal import affected_desks, cancel_withdrawn

SESSION_KEY = "registrations_withdrawal"
CONFIRMED = "registrations"
ACTIONS = ("unpublish", "delete", "move")


def withdrawal_url(action: str, page: Page) -> str:
    """Return the URL of the page that says how many people are registered."""
    return reverse("verkosto_registrations_admin:withdraw", args=[page.pk, action])


def may_withdraw(user: AnyUser, action: str, page: Page) -> bool:
    """Return whether a user may unpublish, delete or move a page."""
    return bool(getattr(page.permissions_for_user(user), f"can_{action}")())


def confirm_unpublishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _confirm(request, "unpublish", page)


def confirm_deleting(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _confirm(request, "delete", page)


def confirm_moving(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    return _confirm(request, "move", page)


def confirm_restricting(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Return the step of the privacy dialog that says how many people are registered; None where nobody has to be asked.

    Cancelling is not offered: a private page is still the page of its event, with the people whom it is open to.
    """
    if CONFIRMED in request.POST or not page.permissions_for_user(request.user).can_set_view_restrictions():
        return None
    if is_path_private(page.path) or not (affected := affected_desks([page])):
        return None
    context = {
        "number": sum(each.number for each in affected),
        "affected": affected,
        "action_url": request.path,
        "confirmed": CONFIRMED,
        "given": [
            (name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"
        ],
    }
    return upstream.answer_in_privacy_dialog(request, "verkosto_registrations/admin/make_private.html", context)


def _confirm(request: HttpRequest, action: str, page: Page) -> HttpResponse | None:
    """Lead to the page about the registered people, unless it was answered for this visit or nobody is registered.

    Who may not do it gets no answer from here, which would tell that people are registered: Wagtail refuses them.
    """
    if not may_withdraw(request.user, action, page):
        return None
    if choice_of(request, action, page) is not None and (request.method == "POST" or CONFIRMED in request.GET):
        return None
    request.session.pop(SESSION_KEY, None)
    if not affected_desks([page]):
        return None
    after = get_valid_next_url_from_request(request)
    here = f"{request.path}?{urlencode({'next': after})}" if after else request.path
    request.session[SESSION_KEY] = {"action": action, "page": page.pk, "url": here}
    return redirect(withdrawal_url(action, page))


def choice_of(request: HttpRequest, action: str, page: Page) -> dict[str, object] | None:
    """Return what was chosen for the action on the page; None where nothing was chosen yet."""
    kept = request.session.get(SESSION_KEY) or {}
    return kept if (kept.get("action"), kept.get("page")) == (action, page.pk) and "cancel" in kept else None


def after_withdrawing(request: HttpRequest, page: Page) -> None:
    """Cancel for the people whose page is gone, where that was chosen."""
    kept = request.session.pop(SESSION_KEY, None) or {}
    if kept.get("page") != page.pk or not kept.get("cancel"):
        return
    number = cancel_withdrawn(kept["cancel"])
    text = ngettext(
        "The event is cancelled. %(n)s person will be notified.",
        "The event is cancelled. %(n)s people will be notified.",
        number,
    )
    messages.success(request, text % {"n": number})


def refuse_bulk_withdrawal(
    request: HttpRequest, action_type: str, objects: list[Page], action: BulkAction
) -> HttpResponse | None:
    """Refuse to withdraw or move pages in bulk when people are registered: each has to be confirmed by itself."""
    if action_type not in ACTIONS or not objects or not isinstance(objects[0], Page):
        return None
    affected = [(page, desks) for page in objects if (desks := affected_desks([page]))]
    if not affected:
        return None
    for page, desks in affected:
        number = sum(each.number for each in desks)
        text = ngettext(
            "%(n)s person is registered on %(title)s. Do this page separately: nothing was changed now.",
            "%(n)s people are registered on %(title)s. Do this page separately: nothing was changed now.",
            number,
        )
        url = reverse(f"wagtailadmin_pages:{action_type}", args=[page.pk])
        button = messages.button(url, _("Continue with this page"))
        messages.error(request, text % {"n": number, "title": page.get_admin_display_title()}, buttons=[button])
    return redirect(action.next_url)
