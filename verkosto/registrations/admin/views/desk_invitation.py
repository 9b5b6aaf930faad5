"""What the link in an invitation of a colleague opens: accept the role, or first make an account.

The pages look like those of the site, in the language of the mail: who opens them may have no account yet. The token is
exchanged for an entry in the session, so that it is in no later URL. The role is given only to somebody who has signed in
as always, with the account of the invited address.
"""

import functools
from collections.abc import Callable

from django.contrib.auth.forms import PasswordResetForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.views.account import password_reset_enabled

from verkosto.core.base_template import base_context
from verkosto.core.users import SignedInUser, signed_in_user
from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.permissions import roles_to_give
from verkosto.registrations.admin.responses import private_response
from verkosto.registrations.domain import desk_invitations
from verkosto.registrations.enums import ROLE_RIGHTS, DeskRole
from verkosto.registrations.exceptions import NotPossible, WrongAccount
from verkosto.registrations.models import DeskInvitation

SESSION_KEY = "colleague_invitations"
MAX_OPENED = 10  # invitations that one session remembers
MAIL = "wagtailadmin/account/password_reset/"
View = Callable[[HttpRequest, DeskInvitation], HttpResponse]


@require_safe
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Remember in the session that the link was opened, and redirect to the page of the invitation."""
    invitation = desk_invitations.find_invitation(token)
    if invitation is None:
        return _not_valid(request)
    opened = [pk for pk in request.session.get(SESSION_KEY, []) if pk != invitation.pk]
    request.session[SESSION_KEY] = [*opened, invitation.pk][-MAX_OPENED:]
    return private_response(redirect("verkosto_registrations:colleague", number=invitation.pk))


def opened_invitation(view: View) -> Callable[[HttpRequest, int], HttpResponse]:
    """Pass the invitation whose link this browser has opened to the view, if somebody can accept it still."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, number: int) -> HttpResponse:
        opened = number in request.session.get(SESSION_KEY, [])
        invitation = DeskInvitation.objects.select_related("desk", "invited_by").filter(pk=number).first()
        if not opened or invitation is None:
            return _not_valid(request)
        accepted = invitation.accepted_by_id is not None and invitation.accepted_by_id == request.user.pk
        if not accepted and not (invitation.is_pending and _may_still_give(invitation)):
            return _not_valid(request)
        return private_response(view(request, invitation))

    return guarded


@require_safe
@opened_invitation
def show(request: HttpRequest, invitation: DeskInvitation) -> HttpResponse:
    """Show what the invitation is to, and the one thing to do next."""
    if not request.user.is_authenticated:
        return _page(request, invitation, _next_step(invitation))
    user = signed_in_user(request)
    if not desk_invitations.is_for(invitation, user):
        return _page(request, invitation, "wrong_account", status=403)
    if invitation.accepted_at:
        return redirect(_place_of(invitation))
    return _page(request, invitation, "accept")


@require_POST
@opened_invitation
def accept_role(request: HttpRequest, invitation: DeskInvitation) -> HttpResponse:
    """Give the role to the account that has signed in."""
    if not request.user.is_authenticated:
        return redirect("verkosto_registrations:colleague", number=invitation.pk)
    user = signed_in_user(request)
    try:
        role = desk_invitations.accept(invitation=invitation, user=user)
    except WrongAccount:
        return _page(request, invitation, "wrong_account", status=403)
    except NotPossible:
        return _not_valid(request)
    if role:
        log("registrations.give_role", role, user, role=role.role, invitation=invitation.pk)
    return redirect(_place_of(invitation))


@require_POST
@opened_invitation
def make_own_account(request: HttpRequest, invitation: DeskInvitation) -> HttpResponse:
    """Make the account of the invited address, and send the mail by which its owner chooses a password."""
    if request.user.is_authenticated or _next_step(invitation) != "new_account":
        return redirect("verkosto_registrations:colleague", number=invitation.pk)
    try:
        account = desk_invitations.make_account(invitation=invitation)
    except NotPossible:
        return _page(request, invitation, "ask_for_account", status=409)
    if account:
        log("registrations.make_account", invitation.desk, account, invitation=invitation.pk)
        _send_password_mail(request, account)
    return redirect("verkosto_registrations:colleague", number=invitation.pk)


def _send_password_mail(request: HttpRequest, account: SignedInUser) -> None:
    """Send the mail of "Forgotten your password?" to a new account, in the language of the page."""
    form = PasswordResetForm({"email": account.email})
    if form.is_valid():
        form.save(
            request=request,
            use_https=request.is_secure(),
            subject_template_name=f"{MAIL}email_subject.txt",
            email_template_name=f"{MAIL}email.txt",
        )


def _may_still_give(invitation: DeskInvitation) -> bool:
    """Return whether who invited may still give this role: otherwise the invitation is worth nothing."""
    inviter = invitation.invited_by
    return bool(inviter and inviter.is_active and invitation.role in roles_to_give(inviter, invitation.desk))


def _next_step(invitation: DeskInvitation) -> str:
    """Return what a visitor who has not signed in does next; it is the name of a part of the template."""
    accounts = desk_invitations.accounts_with(invitation.email)
    active = accounts.filter(is_active=True)
    if active.filter(last_login__isnull=False).exists():
        return "sign_in"
    if active.exists():
        return "first_sign_in"
    if accounts.exists():
        return "closed_account"
    return "new_account" if password_reset_enabled() else "single_sign_on"


def _place_of(invitation: DeskInvitation) -> str:
    """Return the URL of the page where somebody with the role begins."""
    if invitation.role == DeskRole.CHECK_IN:
        return reverse("verkosto_registrations_admin:check_in_today")
    return reverse("verkosto_registrations_admin:registrations", args=[invitation.desk_id])


def masked(address: str) -> str:
    """Return an address of which its owner recognises that it is theirs, and nobody else learns it: "a…@example.fi"."""
    local, _at, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"


def _page(request: HttpRequest, invitation: DeskInvitation, step: str, *, status: int = 200) -> HttpResponse:
    here = reverse("verkosto_registrations:colleague", args=[invitation.pk])
    role = DeskRole(invitation.role)
    context = {
        **base_context(),
        "step": step,
        "invitation": invitation,
        "texts": invitation.desk.version(),
        "role": role.label,
        "rights": ROLE_RIGHTS[role],
        "address": masked(invitation.email),
        "sign_in_url": f"{reverse('wagtailadmin_login')}?{urlencode({'next': here})}",
        "can_reset": password_reset_enabled(),
    }
    template = "verkosto_registrations/colleague_invitation.html"
    return private_response(render(request, template, context, status=status))


def _not_valid(request: HttpRequest) -> HttpResponse:
    """Return the same answer to an unknown or replaced link, and to an invitation that nobody can accept any more."""
    context = {
        **base_context(),
        "heading": _("The invitation is not valid"),
        "text": _(
            "An invitation is valid for 7 days, and only the link in the latest mail works. Open that link again. If it "
            "does not work, ask the colleague who invited you for a new invitation."
        ),
        "language_switcher_path": "/",
    }
    return private_response(render(request, "verkosto_registrations/message.html", context, status=404))
