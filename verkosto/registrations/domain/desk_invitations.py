"""Invitations of colleagues: a role at one desk, for whoever signs in with the account of the invited address."""

import secrets
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.users.models import UserProfile

from verkosto.core.email_addresses import normalise_email
from verkosto.core.transactions import in_transaction
from verkosto.core.users import SignedInUser
from verkosto.registrations.domain.roles import give_role
from verkosto.registrations.exceptions import AlreadyInvited, NotPossible, SentRecently, WrongAccount
from verkosto.registrations.mail import outbox
from verkosto.registrations.mail.desk_invitations import KIND
from verkosto.registrations.models import Desk, DeskInvitation, RoleAssignment
from verkosto.registrations.tokens import digest

VALID_FOR = timedelta(days=7)
#: For how long an invitation is kept after it was accepted or withdrawn, or has expired.
KEPT_FOR = timedelta(days=30)
#: The shortest time between two mails with one invitation.
PAUSE = timedelta(minutes=10)
MAX_PENDING = 50  # of a desk


@in_transaction
def invite_colleague(*, desk: Desk, email: str, role: str, language: str, user: SignedInUser) -> DeskInvitation:
    """Invite an address to a role at a desk, and write the mail. Return the invitation.

    Raises AlreadyInvited while the address has a valid invitation to the role, and NotPossible where the desk has as many
    valid ones as it may. The caller asks whether the user may give the role.
    """
    Desk.objects.select_for_update().get(pk=desk.pk)
    invitations = DeskInvitation.objects.filter(desk=desk)
    earlier = invitations.unanswered().filter(email=email, role=role).first()
    if earlier and earlier.is_pending:
        raise AlreadyInvited
    if invitations.pending().count() >= MAX_PENDING:
        raise NotPossible
    invitation = earlier or DeskInvitation(desk=desk, email=email, role=role)
    invitation.language = language
    _write(invitation, user)
    return invitation


@in_transaction
def send_again(*, invitation: DeskInvitation, user: SignedInUser) -> None:
    """Send an invitation again, with a new link and valid for another week.

    Raises NotPossible if it was accepted or withdrawn, and SentRecently if the last mail is only minutes old.
    """
    Desk.objects.select_for_update().get(pk=invitation.desk_id)
    row = DeskInvitation.objects.select_for_update().get(pk=invitation.pk)
    others = DeskInvitation.objects.filter(desk=row.desk_id).pending().exclude(pk=row.pk)
    if row.is_answered or others.count() >= MAX_PENDING:
        raise NotPossible
    if row.written_at > timezone.now() - PAUSE:
        raise SentRecently
    _write(row, user)


def _write(invitation: DeskInvitation, user: SignedInUser) -> None:
    """Make an invitation valid from now, by a user, and write its mail. One address gets only some mails an hour."""
    now = timezone.now()
    invitation.invited_by, invitation.written_at, invitation.expires_at = user, now, now + VALID_FOR
    invitation.save()
    outbox.write(
        KIND,
        desk=invitation.desk,
        recipient=invitation.email,
        language=invitation.language,
        context={"desk_invitation": invitation.pk},
        anonymous=True,
    )


def withdraw(*, invitation: DeskInvitation) -> bool:
    """Withdraw an invitation, so that its link no longer works. Return False if it was accepted or withdrawn before."""
    rows = DeskInvitation.objects.unanswered().filter(pk=invitation.pk)
    return bool(rows.update(withdrawn_at=timezone.now(), digest=""))


def find_invitation(token: str) -> DeskInvitation | None:
    """Return the invitation with a link's token, whatever became of it; None for an unknown or replaced link."""
    return DeskInvitation.objects.select_related("desk").filter(digest=digest(token)).first()


def is_for(invitation: DeskInvitation, user: SignedInUser) -> bool:
    """Return whether an account has the invited address."""
    return normalise_email(user.email) == invitation.email


@in_transaction
def accept(*, invitation: DeskInvitation, user: SignedInUser) -> RoleAssignment | None:
    """Give the invited role to an account. Return it; None if this account has accepted the invitation before.

    A role that was taken back is not given again by the same invitation. Raises WrongAccount for an account with another
    address, and NotPossible if the invitation has expired, was withdrawn, or accepted by another account.
    """
    row = DeskInvitation.objects.select_for_update().select_related("desk").get(pk=invitation.pk)
    if not is_for(row, user):
        raise WrongAccount
    if row.accepted_at and row.accepted_by_id == user.pk:
        return None
    if not row.is_pending:
        raise NotPossible
    row.accepted_at, row.accepted_by = timezone.now(), user
    row.save(update_fields=["accepted_at", "accepted_by"])
    return give_role(assignment=RoleAssignment(user=user, role=row.role, desk=row.desk, given_by_id=row.invited_by_id))


def accounts_with(email: str) -> QuerySet[SignedInUser]:
    """Return the accounts, also closed ones, with an address."""
    return get_user_model()._default_manager.filter(email__iexact=email)


@in_transaction
def make_account(*, invitation: DeskInvitation) -> SignedInUser | None:
    """Make the account of an invited address, without any right. Return it; None if there is one already.

    Its password is random and known to nobody, so that the owner of the address has to choose one by a mail: accounts with
    an unusable password get no such mail from Django. Raises NotPossible if the invitation is not pending, or the address
    cannot be the name of a new account.
    """
    row = DeskInvitation.objects.select_for_update().get(pk=invitation.pk)
    if not row.is_pending:
        raise NotPossible
    if accounts_with(row.email).exists():
        return None
    model = get_user_model()
    others = {field.name for field in model._meta.fields} - {model.USERNAME_FIELD}
    try:
        model(**{model.USERNAME_FIELD: row.email}).clean_fields(exclude=others)
    except ValidationError as error:
        raise NotPossible from error
    user, is_new = model._default_manager.get_or_create(
        **{model.USERNAME_FIELD: row.email},
        defaults={"email": row.email, "password": make_password(secrets.token_urlsafe(48))},
    )
    if not is_new:  # the name of an account with another address
        raise NotPossible
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": row.language})
    return user


def delete_ended() -> int:
    """Delete the invitations that were accepted or withdrawn, or have expired, some time ago. Return how many."""
    limit = timezone.now() - KEPT_FOR
    ended = Q(accepted_at__lt=limit) | Q(withdrawn_at__lt=limit)
    expired = Q(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__lt=limit)
    return DeskInvitation.objects.filter(ended | expired).delete()[0]
