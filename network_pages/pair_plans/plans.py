"""The use cases of a plan of pairs: starting it, proposing, moving, swapping, splitting, locking, undoing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from network_pages.models import PairApplicant, PairPlan
from network_pages.pair_plans.board import LARGEST, PairBoard
from network_pages.pair_settings import PairSettings
from verkosto.core.jobs import engine
from verkosto.core.users import SignedInUser
from verkosto.registrations.models import Registration

#: So many organisations are matched at once; more by a background job.
AT_ONCE: Final = 40
UNDO_STEPS: Final = 20


class PlanNotOpen(Exception):
    """Pairs are being proposed, or they have been saved: nothing can be changed."""


class PairFull(Exception):
    """The pair has three organisations already."""


@dataclass(frozen=True, kw_only=True)
class EnteredOrganisation:
    """An organisation that staff entered, with themes as typed and its size (0 for unknown)."""

    name: str
    themes: str = ""
    size: int = 0


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What an editor asks for."""

    settings: PairSettings
    applications: Sequence[Registration]
    entered: Sequence[EnteredOrganisation] = ()


@transaction.atomic
def start_plan(*, translation_key: UUID, wanted: Wanted, user: SignedInUser) -> PairPlan:
    """Store a plan and propose pairs: at once, or by a job where there are many organisations."""
    plan = PairPlan(kind=PairPlan.KIND, user=user, translation_key=translation_key, total=PairPlan.TOTAL)
    plan.parameters = wanted.settings.to_json()
    plan.save()
    _arrange(plan, wanted)
    _propose(plan)
    return plan


@transaction.atomic
def change_plan(*, plan: PairPlan, wanted: Wanted) -> None:
    """Store other wishes and propose again. Pairs that are locked and still asked for stay. Raises PlanNotOpen."""
    locked = _lock(plan)
    locked.parameters = wanted.settings.to_json()
    _arrange(locked, wanted)
    # What was undone could bring back whom the plan no longer has.
    locked.earlier = []
    _propose(locked)


@transaction.atomic
def propose_again(*, plan: PairPlan) -> None:
    """Propose pairs of all organisations that are in no locked pair. Raises PlanNotOpen."""
    locked = _lock(plan)
    _remember(locked)
    _propose(locked)


@transaction.atomic
def move(*, plan: PairPlan, applicant: PairApplicant, number: int | None) -> None:
    """Put an organisation into another pair, which is then locked; into a new one with 0; into none with None.

    Raises PlanNotOpen, and PairFull where the pair has three organisations.
    """
    locked = _lock(plan)
    rows = _rows(locked)
    row = rows[applicant.pk]
    if number == 0:
        number = min({*range(1, len(rows) + 2)} - {each.number for each in rows.values() if each.number})
    if row.number == number:
        return
    if number is not None and sum(each.number == number for each in rows.values()) >= LARGEST:
        raise PairFull
    _remember(locked)
    row.number = number
    _store(rows, lock=(number,))


@transaction.atomic
def swap(*, plan: PairPlan, one: PairApplicant, other: PairApplicant) -> None:
    """Let two organisations change places. Their pairs are then locked. Raises PlanNotOpen."""
    locked = _lock(plan)
    rows = _rows(locked)
    _remember(locked)
    first, second = rows[one.pk], rows[other.pk]
    first.number, second.number = second.number, first.number
    _store(rows, lock=(first.number, second.number))


@transaction.atomic
def split(*, plan: PairPlan, number: int) -> None:
    """Take the organisations of a pair apart: they have no pair then. Raises PlanNotOpen."""
    locked = _lock(plan)
    rows = _rows(locked)
    _remember(locked)
    for row in rows.values():
        if row.number == number:
            row.number = None
    _store(rows)


@transaction.atomic
def set_locked(*, plan: PairPlan, number: int, locked: bool) -> None:
    """Let a pair stay when pairs are proposed again, or no longer. Raises PlanNotOpen."""
    own = _lock(plan)
    _remember(own)
    own.applicants.filter(number=number).update(is_locked=locked)


@transaction.atomic
def undo(*, plan: PairPlan) -> bool:
    """Take the last change back. Return False where there is none. Raises PlanNotOpen."""
    locked = _lock(plan)
    if not locked.earlier:
        return False
    before: Mapping[str, Sequence[int | bool | None]] = locked.earlier.pop()
    rows = _rows(locked)
    for row in rows.values():
        number, is_locked = before.get(str(row.pk), (None, False))
        row.number, row.is_locked = number, bool(is_locked)
    locked.save(update_fields=["earlier"])
    PairApplicant.objects.bulk_update(rows.values(), ["number", "is_locked"], batch_size=500)
    return True


def propose_pairs(plan: PairPlan) -> dict[str, object]:
    """Do the job: find pairs and store them."""
    board = PairBoard.of(plan)
    numbers = board.proposal()
    with transaction.atomic():
        engine.advance(plan, plan.done, plan.total - plan.done)
        _number(board, numbers)
    return {}


def _lock(plan: PairPlan) -> PairPlan:
    """Return the plan, locked to the end of the transaction. Raises PlanNotOpen."""
    locked: PairPlan = PairPlan.objects.select_for_update().get(pk=plan.pk)
    if not locked.is_open:
        raise PlanNotOpen
    return locked


def _propose(plan: PairPlan) -> None:
    board = PairBoard.of(plan)
    if len(board.rows) <= AT_ONCE:
        plan.state, plan.done, plan.finished_at = PairPlan.State.DONE, plan.total, timezone.now()
        plan.save()
        _number(board, board.proposal())
        return
    plan.state, plan.done, plan.finished_at, plan.heartbeat_at = PairPlan.State.WAITING, 0, None, timezone.now()
    engine.start(plan)


def _number(board: PairBoard, numbers: Mapping[int, int]) -> None:
    for row in board.rows:
        row.number = numbers.get(row.pk)
    PairApplicant.objects.bulk_update(board.rows, ["number"], batch_size=500)


def _rows(plan: PairPlan) -> dict[int, PairApplicant]:
    return {row.pk: row for row in plan.applicants.all()}


def _store(rows: Mapping[int, PairApplicant], lock: Sequence[int | None] = ()) -> None:
    """Save the rows. Pairs whose number is in ``lock`` are locked; one organisation alone is not."""
    sizes = [row.number for row in rows.values()]
    for row in rows.values():
        is_pair = row.number is not None and sizes.count(row.number) > 1
        row.is_locked = is_pair and (row.is_locked or row.number in lock)
    PairApplicant.objects.bulk_update(rows.values(), ["number", "is_locked"], batch_size=500)


def _remember(plan: PairPlan) -> None:
    """Keep the pairs as they are, so that the change that follows can be undone."""
    now = {str(row.pk): [row.number, row.is_locked] for row in plan.applicants.all()}
    plan.earlier = [*plan.earlier, now][-UNDO_STEPS:]
    plan.save(update_fields=["earlier"])


def _arrange(plan: PairPlan, wanted: Wanted) -> None:
    """Bring the plan's organisations in line with what is asked for. Those that stay keep their pair."""
    rows = list(plan.applicants.all())
    chosen = {application.pk for application in wanted.applications}
    entered = {each.name.casefold(): each for each in wanted.entered}
    kept = [row for row in rows if row.registration_id in chosen or row.name.casefold() in entered]
    plan.applicants.exclude(pk__in=[row.pk for row in kept]).delete()
    for row in kept:
        if row.registration_id is None:
            typed = entered.pop(row.name.casefold())
            row.name, row.themes, row.size = typed.name, typed.themes, typed.size
        chosen.discard(row.registration_id or 0)
    new = [PairApplicant(plan=plan, registration_id=pk) for pk in sorted(chosen)]
    new += [PairApplicant(plan=plan, name=each.name, themes=each.themes, size=each.size) for each in entered.values()]
    PairApplicant.objects.bulk_create(new, batch_size=500)
    PairApplicant.objects.bulk_update(kept, ["name", "themes", "size"], batch_size=500)
    _store({row.pk: row for row in [*kept, *new]})
