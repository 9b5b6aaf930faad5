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
from verkosto.registrations.domain import attendance, transitions
from verkosto.registrations.enums import Attendance, RegistrationStatus
from verkosto.registrations.exceptions import NotPossible, Refusal
from verkosto.registrations.models import Desk, Job, JobRefusal, Registration

Status = RegistrationStatus
ALIVE = (Status.AWAITING_CONFIRMATION, Status.AWAITING_APPROVAL, Status.CONFIRMED, Status.WAITING)


@dataclass(frozen=True, kw_only=True)
class Step:
    """What can be done with a registration of some statuses, and in what order with several."""

    label: Any
    statuses: tuple[str, ...]
    # take(registration, user=…, words=…, to=…); raises a Refusal where it does not go.
    take: Callable[..., Any]
    order: tuple[str, ...] = ("queued_at", "pk")


def _approve(registration: Registration, *, user: Any, **_given: Any) -> None:
    transitions.approve(registration=registration, user=user)


def _decline(registration: Registration, *, user: Any, words: str, **_given: Any) -> None:
    transitions.decline(registration=registration, reason=words, user=user)


def _cancel(registration: Registration, *, user: Any, words: str, **_given: Any) -> None:
    transitions.cancel(registration=registration, reason=words, user=user)


def _move(registration: Registration, *, user: Any, to: Desk | None, **_given: Any) -> None:
    if to is None:
        raise NotPossible
    transitions.move(registration=registration, to=to, user=user)


def _attended(registration: Registration, *, user: Any, **_given: Any) -> None:
    attended = Attendance.ATTENDED
    attendance.record_attendance(registration=registration, attendance=attended, user=user)


def _absent(registration: Registration, *, user: Any, **_given: Any) -> None:
    absent = Attendance.ABSENT
    attendance.record_attendance(registration=registration, attendance=absent, user=user)


STEPS = {
    "approve": Step(label=_("Approve"), statuses=(Status.AWAITING_APPROVAL, Status.DECLINED), take=_approve),
    "decline": Step(label=_("Decline"), statuses=(Status.AWAITING_APPROVAL,), take=_decline),
    # Who holds no place goes first: nobody is moved up to be cancelled a moment later.
    "cancel": Step(
        label=pgettext_lazy("registration", "Cancel"), statuses=ALIVE, take=_cancel, order=("holds_place", "pk")
    ),
    "move": Step(label=_("Move"), statuses=ALIVE, take=_move),
    "attended": Step(label=_("Attended"), statuses=(Status.CONFIRMED,), take=_attended),
    "absent": Step(label=_("Absent"), statuses=(Status.CONFIRMED,), take=_absent),
}


def start_steps(
    *, name: str, desk: Desk, registrations: list[int], user: Any, words: str = "", to: Desk | None = None
) -> Job:
    """Hand a step with many registrations to the worker."""
    return engine.start(
        Job(
            kind="steps",
            desk=desk,
            user=user,
            parameters={"step": name, "registrations": registrations, "to": to.pk if to else None},
            total=len(registrations),
            text=words,
        )
    )


def take_steps(job: Job) -> dict[str, Any]:
    """The job: one registration after the other, from where an earlier run stopped."""
    step = STEPS[job.parameters["step"]]
    keys = job.parameters["registrations"]
    to = Desk.objects.filter(pk=job.parameters["to"]).first() if job.parameters["to"] else None
    for position in range(job.done, len(keys)):
        _take_one(job=job, step=step, position=position, key=keys[position], to=to)
    refused = job.refusals.count()
    log("registrations.change", job.desk, job.user, what=job.parameters["step"], count=len(keys) - refused)
    return {"refused": refused}


@in_transaction
def _take_one(*, job: Job, step: Step, position: int, key: int, to: Desk | None) -> None:
    engine.advance(job, position, 1)
    rows = Registration.objects.filter(pk=key, desk=job.desk, purged_at__isnull=True)
    registration = rows.select_related("desk").first()
    if registration is None:  # erased or moved meanwhile
        return
    try:
        with transaction.atomic():
            step.take(registration, user=job.user, words=job.text, to=to)
    except Refusal as refusal:
        JobRefusal.objects.create(job=job, registration=registration, code=type(refusal).__name__)
