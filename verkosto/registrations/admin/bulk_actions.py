"""Actions on many registrations: a few in the request, many by the worker, each registration in its own transaction.

Other apps add actions with the hook ``register_verkosto_bulk_actions``, and their view with Wagtail's own hook
``register_bulk_action``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks

from verkosto.core.jobs import engine
from verkosto.core.transactions import in_transaction
from verkosto.core.users import SignedInUser
from verkosto.registrations.admin.audit import log
from verkosto.registrations.domain import attendance, lifecycle
from verkosto.registrations.enums import ACTIVE_STATUSES, Attendance, RegistrationStatus
from verkosto.registrations.exceptions import NotPossible, Refusal
from verkosto.registrations.models import Desk, Job, JobRefusal, Registration


@dataclass(frozen=True, kw_only=True)
class BulkAction:
    """An action on registrations with certain statuses, and the order in which several are handled."""

    label: str | Promise
    statuses: tuple[str, ...]
    # apply(registration, user=…, reason=…, to=…), and meeting=… for one meeting of a series; raises a Refusal.
    apply: Callable[..., object]
    order: tuple[str, ...] = ("queued_at", "pk")


def _approve(registration: Registration, *, user: SignedInUser, **_arguments: Any) -> None:
    lifecycle.approve(registration=registration, user=user)


def _decline(registration: Registration, *, user: SignedInUser, reason: str, **_arguments: Any) -> None:
    lifecycle.decline(registration=registration, reason=reason, user=user)


def _cancel(registration: Registration, *, user: SignedInUser, reason: str, **_arguments: Any) -> None:
    lifecycle.cancel(registration=registration, reason=reason, user=user)


def _move(registration: Registration, *, user: SignedInUser, to: Desk | None, **_arguments: Any) -> None:
    if to is None:
        raise NotPossible
    lifecycle.move(registration=registration, to=to, user=user)


def _attended(registration: Registration, *, user: SignedInUser, meeting: str = "", **_arguments: Any) -> None:
    attended = Attendance.ATTENDED
    attendance.record_attendance(registration=registration, attendance=attended, user=user, meeting=meeting)


def _absent(registration: Registration, *, user: SignedInUser, meeting: str = "", **_arguments: Any) -> None:
    absent = Attendance.ABSENT
    attendance.record_attendance(registration=registration, attendance=absent, user=user, meeting=meeting)


BUILT_IN = {
    "approve": BulkAction(
        label=_("Approve"),
        statuses=(RegistrationStatus.AWAITING_APPROVAL, RegistrationStatus.DECLINED),
        apply=_approve,
    ),
    "decline": BulkAction(label=_("Decline"), statuses=(RegistrationStatus.AWAITING_APPROVAL,), apply=_decline),
    # Registrations without a place first: otherwise they would be promoted, and cancelled a moment later.
    "cancel": BulkAction(
        label=pgettext_lazy("registration", "Cancel"),
        statuses=ACTIVE_STATUSES,
        apply=_cancel,
        order=("holds_place", "pk"),
    ),
    "move": BulkAction(label=_("Move"), statuses=ACTIVE_STATUSES, apply=_move),
    "attended": BulkAction(label=_("Attended"), statuses=(RegistrationStatus.CONFIRMED,), apply=_attended),
    "absent": BulkAction(label=_("Absent"), statuses=(RegistrationStatus.CONFIRMED,), apply=_absent),
}


def bulk_actions() -> dict[str, BulkAction]:
    """Return the bulk actions by name, with those of other apps."""
    added = (hook() for hook in hooks.get_hooks("register_verkosto_bulk_actions"))
    return {**BUILT_IN, **{name: action for actions in added for name, action in actions.items()}}


def start_bulk_action(
    *,
    name: str,
    desk: Desk,
    registrations: list[int],
    user: SignedInUser,
    reason: str = "",
    to: Desk | None = None,
    meeting: str = "",
) -> Job:
    """Let the worker apply an action to many registrations."""
    chosen = {"meeting": meeting} if meeting else {}
    return engine.start(
        Job(
            kind="bulk_action",
            desk=desk,
            user=user,
            parameters={"action": name, "registrations": registrations, "to": to.pk if to else None, **chosen},
            total=len(registrations),
            text=reason,
        )
    )


def run_bulk_action(job: Job) -> dict[str, object]:
    """Do the job: one registration after the other, from where an earlier run stopped."""
    action = bulk_actions()[job.parameters["action"]]
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
    if registration is None:  # erased or moved in the meantime
        return
    try:
        with transaction.atomic():
            chosen = {name: job.parameters[name] for name in ("meeting",) if name in job.parameters}
            action.apply(registration, user=job.user, reason=job.text, to=to, **chosen)
    except Refusal as refusal:
        JobRefusal.objects.create(job=job, registration=registration, code=type(refusal).__name__)
