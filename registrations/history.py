from typing import Any

from .models import Registration, StatusChange

Actor = StatusChange.Actor


def record(
    registration: Registration,
    event: str,
    *,
    before: str = "",
    actor: str = Actor.SYSTEM,
    user: Any = None,
    reason: str = "",
) -> StatusChange:
    """Write one step of a registration's history. ``reason`` may hold personal data and is erased with it."""
    return StatusChange.objects.create(
        registration=registration,
        event=event,
        from_status=before,
        to_status=registration.status,
        actor=Actor.STAFF if user else actor,
        user=user,
        reason=reason,
    )
