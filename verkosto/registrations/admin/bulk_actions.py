"""Steps taken with many registrations: a few in the request, many by the worker, each in a transaction of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from verkosto.core.jobs import engine
from verkosto.core.transactions import in_transaction
from verkosto.registrations.admin.audit import log
from verkosto.registrations.domain import attendance, lifecycle
from verkosto.registrations.enums import ACTIVE_STATUSES, Attendance, RegistrationStatus
from verkosto.registrations.exceptions import NotPossible, Refusal
from verkosto.registrations.models import Desk, Job, JobRefusal, Registration

Status = RegistrationStatus


@dataclass(frozen=True, kw_only=True)
class BulkAction:
    """What can be done with a registration of some statuses, and in what order with several."""

    label: Any
    statuses: tuple[str, ...]
    # apply(registration, user=…, reason=…, to=…); raises a Refusal where it does not go.
    apply: Callable[..., Any]
    order: tuple[str, ...] = ("queued_at", "pk")


def _approve(registration: Registration, *, user: Any, **_given: Any) -> None:
    lifecycle.approve(registration=registration, user=user)


def _decline(registration: Registration, *, user: Any, reason: str, **_given: Any) -> None:
    lifecycle.decline(registration=registration, reason=reason, user=user)


def _cancel(registration: Registration, *, user: Any, reason: str, **_given: Any) -> None:
    lifecycle.cancel(registration=registration, reason=reason, user=user)


def _move(registration: Registration, *, user: Any, to: Desk | None, **_given: Any) -> None:
    if to is None:
        raise NotPossible
    lifecycle.move(registration=registration, to=to, user=user)


def _attended(registration: Registration, *, user: Any, **_given: Any) -> None:
    attended = Attendance.ATTENDED
    attendance.record_attendance(registration=registration, attendance=attended, user=user)


def _absent(registration: Registration, *, user: Any, **_given: Any) -> None:
    absent = Attendance.ABSENT
    attendance.record_attendance(registration=registration, attendance=absent, user=user)


BULK_ACTIONS = {
    "approve": BulkAction(label=_("Approve"), statuses=(Status.AWAITING_APPROVAL, Status.DECLINED), apply=_approve),
    "decline": BulkAction(label=_("Decline"), statuses=(Status.AWAITING_APPROVAL,), apply=_decline),
    # Who holds no place goes first: nobody is moved up to be cancelled a moment later.
    "cancel": BulkAction(
        label=pgettext_lazy("registration", "Cancel"),
        statuses=ACTIVE_STATUSES,
        apply=_cancel,
        order=("holds_place", "pk"),
    ),
    "move": BulkAction(label=_("Move"), statuses=ACTIVE_STATUSES, apply=_move),
    "attended": BulkAction(label=_("Attended"), statuses=(Status.CONFIRMED,), apply=_attended),
    "absent": BulkAction(label=_("Absent"), statuses=(Status.CONFIRMED,), apply=_absent),
}


def start_bulk_action(
    *, name: str, desk: Desk, registrations: list[int], user: Any, reason: str = "", to: Desk | None = None
) -> Job:
    """Hand a action with many registrations to the worker."""
    return engine.start(
        Job(
            kind="bulk_action",
            desk=desk,
            user=user,
            parameters={"action": name, "registrations": registrations, "to": to.pk if to else None},
            total=len(registrations),
            text=reason,
        )
    )


def run_bulk_action(job: Job) -> dict[str, Any]:
    """The job: one registration after the other, from where an earlier run stopped."""
    action = BULK_ACTIONS[job.parameters["action"]]
    keys = job.parameters["registrations"]
    to = Desk.objects.filter(pk=job.parameters["to"]).first() if job.parameters["to"] else None
    for position in range(job.done, len(keys)):
        _apply_to_one(job=job, action=action, position=position, key=keys[position], to=to)
    refused = job.refusals.count()
    log("registrations.change", job.desk, job.user, what=job.parameters["action"], count=len(keys) - refused)
    return {"refused": refused}


@in_transaction
def _apply_to_one(*, job: Job, action: BulkAction, position: int, key: int, to: Desk | None) -> None:
    engine.advance(job, position, 1)
    rows = Registration.objects.filter(pk=key, desk=job.desk, purged_at__isnull=True)
    registration = rows.select_related("desk").first()
    if registration is None:  # erased or moved meanwhile
        return
    try:
        with transaction.atomic():
            action.apply(registration, user=job.user, reason=job.text, to=to)
    except Refusal as refusal:
        JobRefusal.objects.create(job=job, registration=registration, code=type(refusal).__name__)
