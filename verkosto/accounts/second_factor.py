"""Whether an account has proved itself by a second factor in this session, and where it does so."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.http import HttpRequest

from verkosto.accounts import conf, upstream

#: How allauth names a proof by a code, a key or a recovery code.
SECOND_FACTOR = "mfa"
#: Where an account without a second factor adds one, and where one that has it proves it.
ENROLMENT, PROOF_BY_CODE, PROOF_BY_KEY = "mfa_index", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"
#: What an account may open on the way there, whichever it is.
ON_THE_WAY = {
    "account_logout",
    "openid_connect_again",
    "openid_connect_callback",
    "openid_connect_login",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_logout",
    "wagtailadmin_sprite",
}
ENROLMENT_VIEWS = {
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    ENROLMENT,
}
PROOF_VIEWS = {PROOF_BY_CODE, PROOF_BY_KEY}


def is_missing(request: HttpRequest, user: User) -> bool:
    """Return whether the account still has to prove itself by a second factor in this session."""
    return conf.requires_second_factor() and not upstream.has_proved(request, user, SECOND_FACTOR)


def factors(user: User) -> set[str]:
    """Return the kinds of second factors that the account has, without its recovery codes."""
    kinds = Authenticator.objects.filter(user_id=user.pk).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return set(kinds.values_list("type", flat=True))


def next_view(kinds: set[str]) -> str:
    """Return the name of the view at which an account with these second factors goes on."""
    if not kinds:
        return ENROLMENT
    return PROOF_BY_CODE if Authenticator.Type.TOTP in kinds else PROOF_BY_KEY


def may_open(view_name: str, kinds: set[str]) -> bool:
    """Return whether an account may open a view before the proof.

    Who has a second factor can only prove it: its password alone must not add another or remove one.
    """
    return view_name in ON_THE_WAY or view_name in (PROOF_VIEWS if kinds else ENROLMENT_VIEWS)


def note_proof(request: HttpRequest, user: User, kind: str) -> None:
    """Note the proof that adding a second factor is, or that the provider of single sign-on gives."""
    upstream.note_proof(request, user, SECOND_FACTOR, type=kind)


def note_removal(request: HttpRequest, user: User) -> None:
    """Forget the session's proofs if the account has no second factor any more: it has to add another one first."""
    if conf.requires_second_factor() and not factors(user):
        upstream.forget_proofs(request)
