"""The steps in a registration's history."""

from typing import TypeAlias

from verkosto.core.users import SignedInUser
from verkosto.registrations.enums import Actor, HistoryEvent
from verkosto.registrations.models import Desk, Registration, StatusChange
from verkosto.registrations.signals import registration_step

#: A member of staff; None for the registrant or the system.
User: TypeAlias = SignedInUser | None


def record(
    registration: Registration,
    event: HistoryEvent,
    *,
    before: str = "",
    actor: Actor = Actor.SYSTEM,
    user: User = None,
    reason: str = "",
    from_desk: Desk | None = None,
    check_in_link: str = "",
) -> StatusChange:
    """Write one step of a registration's history, send ``registration_step``, and return it.

    ``before`` is the status before the step. ``user`` overrides ``actor``, as does
    ``check_in_link``, the name of the link that somebody without an account used. ``reason`` may hold personal data: it is
    erased with the registration's.
    """
    step = StatusChange.objects.create(
        registration=registration,
        event=event,
        from_status=before,
        to_status=registration.status,
        actor=Actor.STAFF if user or check_in_link else actor,
        user=user,
        check_in_link=check_in_link,
        reason=reason,
        from_desk=from_desk,
    )
    registration_step.send(Registration, registration=registration, step=step)
    registration.newly_taken = 0
    return step
