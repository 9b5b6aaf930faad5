"""Why a registration is refused. A view turns each into a message in the visitor's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from verkosto.registrations.models import Registration


class Refusal(Exception):
    """A use case was refused; nothing was written."""


class RegistrationClosed(Refusal):
    """The desk takes no registrations: closed, cancelled, or without a public page."""


class NotYetOpen(Refusal):
    """The desk opens later."""


class DeskFull(Refusal):
    """No place is free, and the waiting list is full."""


class KeptForMembers(DeskFull):
    """The free places are kept for members, and the waiting list is full."""


class ChoiceFull(Refusal):
    """A chosen option has no place left."""

    def __init__(self, question_key: str, choice_key: str) -> None:
        super().__init__(question_key, choice_key)
        self.question_key = question_key
        self.choice_key = choice_key


class FileNotStored(Refusal):
    """The store for files does not take one: it is full, or does not answer."""

    def __init__(self, question_key: str) -> None:
        super().__init__(question_key)
        self.question_key = question_key


class OrganisationFull(Refusal):
    """The organisation has its places already."""


class TooManyPlaces(Refusal):
    """More places than one registration may take."""


class AlreadyRegistered(Refusal):
    """The address has a registration at the desk."""

    def __init__(self, registration: Registration) -> None:
        super().__init__()
        self.registration = registration


class NotEligible(Refusal):
    """The person may not register here: no member, no valid invitation, no declaration."""


class ChangesClosed(Refusal):
    """The registration can no longer be changed by the registrant."""


class AlreadyInvited(Refusal):
    """The address has a valid invitation to the same role at the desk."""


class SentRecently(Refusal):
    """A mail with the invitation was written a moment ago."""


class WrongAccount(Refusal):
    """The invitation is for another address than that of the account."""


class NotPossible(Refusal):
    """The action is not possible in the registration's status."""
