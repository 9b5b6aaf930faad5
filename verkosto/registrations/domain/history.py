from typing import Any

from verkosto.registrations.enums import Actor
from verkosto.registrations.models import Desk, Registration, StatusChange


def record(
    registration: Registration,
    event: str,
    *,
    before: str = "",
    actor: str = Actor.SYSTEM,
    user: Any = None,
    reason: str = "",
    from_desk: Desk | None = None,
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
        from_desk=from_desk,
    )
