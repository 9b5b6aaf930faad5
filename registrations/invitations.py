"""Personal invitations: given out by staff, bound to an address each."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone

from . import outbox
from .models import Desk, Invitation

MOST = 5000  # addresses at once


@dataclass(frozen=True)
class Guest:
    email: str
    name: str = ""
    language: str = ""


def read_guests(text: str) -> tuple[list[Guest], list[str]]:
    """Guests of a CSV (address, name, language), or of one address on each line; and the lines that are neither.

    Comma, semicolon or tab; a first line without an address is taken for a header. An address counts once.
    """
    guests: dict[str, Guest] = {}
    wrong: list[str] = []
    delimiter = max(";,\t", key=text.count)
    for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter)):
        row = [cell.strip().strip("\ufeff") for cell in cells]
        address = next((cell for cell in row if "@" in cell), "")
        if not address:
            if any(row) and number:
                wrong.append(delimiter.join(row)[:200])
            continue
        try:
            validate_email(address)
        except ValidationError:
            wrong.append(delimiter.join(row)[:200])
            continue
        others = [cell for cell in row if cell and cell != address]
        language = next((cell.lower() for cell in others if cell.lower() in dict(settings.LANGUAGES)), "")
        name = next((cell for cell in others if cell.lower() != language), "")
        guests.setdefault(address.casefold(), Guest(address, name[:200], language))
    return list(guests.values()), wrong


@transaction.atomic
def invite(*, desk: Desk, guests: Iterable[Guest], language: str, user: Any) -> int:
    """Invite those who have not been invited yet, and write their mails. ``language`` is of guests without their own.

    Returns how many were invited.
    """
    known = set(desk.invitations.annotate(lower=Lower("email")).values_list("lower", flat=True))
    new = [
        Invitation(desk=desk, email=guest.email, name=guest.name, language=guest.language or language, invited_by=user)
        for guest in guests
        if guest.email.lower() not in known
    ]
    Invitation.objects.bulk_create(new, batch_size=500)
    outbox.write_to_invited("invitation", new)
    return len(new)


@transaction.atomic
def remind(*, desk: Desk) -> int:
    """Remind everybody who has neither answered nor been withdrawn. Returns how many."""
    waiting = list(desk.invitations.filter(answered_at__isnull=True, withdrawn_at__isnull=True))
    Invitation.objects.filter(pk__in=[invitation.pk for invitation in waiting]).update(reminded_at=timezone.now())
    outbox.write_to_invited("invitation_reminder", waiting)
    return len(waiting)


@transaction.atomic
def withdraw(*, invitation: Invitation) -> bool:
    """Make an invitation void; False for one that has been answered. Its codes open nothing any more."""
    rows = Invitation.objects.filter(pk=invitation.pk, answered_at__isnull=True)
    if not rows.update(withdrawn_at=timezone.now()):
        return False
    invitation.tokens.all().delete()
    return True


@transaction.atomic
def restore(*, invitation: Invitation) -> None:
    """Take a withdrawal back, and send the invitation again: the old code is gone."""
    if Invitation.objects.filter(pk=invitation.pk, withdrawn_at__isnull=False).update(withdrawn_at=None):
        outbox.write_to_invited("invitation", [invitation])
