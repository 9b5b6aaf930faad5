"""The use cases of a plan: starting it, searching, moving and locking people, undoing, and searching again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network_pages.group_plans.people import ExistingGroup, GroupPerson
from network_pages.group_plans.problems import Board, everybody, largest_of, staying
from network_pages.grouping.proposal import SECONDS, propose
from network_pages.grouping.score import GroupScore, group_scores, violations
from network_pages.grouping.settings import GroupSettings
from network_pages.models import GroupPlacement, GroupPlan, ProposedGroup
from verkosto.core.jobs import engine
from verkosto.core.users import SignedInUser

#: Steps between two notes of the progress, in hundredths.
NOTE_EVERY: Final = 5


class PlanNotOpen(Exception):
    """The groups are being looked for, or they have been saved: nothing can be changed."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What an editor asks for. The members of the groups that go on belong to it in any case."""

    settings: GroupSettings
    people: Sequence[GroupPerson]
    groups: Sequence[ExistingGroup]
    new_groups: int


@transaction.atomic
def start_plan(*, translation_key: UUID, wanted: Wanted, user: SignedInUser) -> GroupPlan:
    """Store a plan and start looking for groups."""
    plan = GroupPlan(kind=GroupPlan.KIND, user=user, translation_key=translation_key, total=GroupPlan.TOTAL)
    plan.parameters = wanted.settings.to_json()
    engine.start(plan)
    _arrange(plan, wanted)
    return plan


@transaction.atomic
def change_plan(*, plan: GroupPlan, wanted: Wanted) -> None:
    """Store other wishes and look for groups again. People who are locked and still asked for stay. Raises PlanNotOpen."""
    locked = _lock(plan)
    before, places = _percent(locked), places_of(locked)
    locked.parameters = wanted.settings.to_json()
    _arrange(locked, wanted)
    _start_again(locked, before, places)


@transaction.atomic
def search_again(*, plan: GroupPlan) -> None:
    """Look for other groups; who is locked stays. Raises PlanNotOpen."""
    locked = _lock(plan)
    _start_again(locked, _percent(locked), places_of(locked))


@transaction.atomic
def move(*, plan: GroupPlan, placement: GroupPlacement, group: ProposedGroup) -> bool:
    """Put a person into another group and lock them there. Return False if that is theirs. Raises PlanNotOpen."""
    _lock(plan)
    row = plan.placements.get(pk=placement.pk)
    if row.group_id == group.pk:
        return False
    row.moved_from_id, row.moved_at, row.was_locked = row.group_id, timezone.now(), row.is_locked
    row.group, row.is_locked = group, True
    row.save()
    return True


@transaction.atomic
def set_locked(*, plan: GroupPlan, placement: GroupPlacement, locked: bool) -> None:
    """Let a person stay in their group when groups are looked for again, or no longer. Raises PlanNotOpen."""
    _lock(plan)
    plan.placements.filter(pk=placement.pk, group__isnull=False).update(is_locked=locked)


@transaction.atomic
def undo_last_move(*, plan: GroupPlan) -> GroupPlacement | None:
    """Put the person who was moved last back. Return their place; None if nobody was moved. Raises PlanNotOpen."""
    _lock(plan)
    row = last_moved(plan)
    if row is None:
        return None
    row.group, row.is_locked = row.moved_from, row.was_locked
    row.moved_from = row.moved_at = None
    row.save()
    return row


@transaction.atomic
def keep_earlier(*, plan: GroupPlan) -> bool:
    """Return to the proposal before groups were formed again; the one that is left becomes the earlier one.

    Who is locked elsewhere now is not locked in the earlier proposal. Return False where there is no earlier proposal of
    the same people and groups. Raises PlanNotOpen.
    """
    locked = _lock(plan)
    board = Board.of(locked)
    earlier = earlier_places(board)
    if earlier is None:
        return False
    locked.result = {**locked.result, "earlier": places_of(locked), "before": percent_now(board)}
    locked.save(update_fields=["result"])
    for row in board.placements:
        row.is_locked = row.is_locked and row.group_id == earlier[row.pk]
        row.group_id = earlier[row.pk]
        row.moved_from, row.moved_at = None, None
    fields = ["group", "is_locked", "moved_from", "moved_at"]
    GroupPlacement.objects.bulk_update(board.placements, fields, batch_size=500)
    return True


@transaction.atomic
def forget_earlier(*, plan: GroupPlan) -> None:
    """Keep the proposal as it is, and compare it no longer. Raises PlanNotOpen."""
    locked = _lock(plan)
    locked.result = {key: value for key, value in locked.result.items() if key not in ("earlier", "before")}
    locked.save(update_fields=["result"])


def earlier_places(board: Board) -> dict[int, int] | None:
    """Return who was in which group (keys of rows) before groups were formed again.

    None where there was no such proposal, or where people or groups have changed since.
    """
    stored = board.plan.result.get("earlier")
    known = stored if isinstance(stored, dict) else {}
    groups = {group.pk for group in board.groups}
    places = {row.pk: place for row in board.placements if (place := known.get(str(row.pk))) in groups}
    return places if places and len(places) == len(board.placements) else None


def places_of(plan: GroupPlan) -> dict[str, int | None]:
    """Return the key of each person's group by the key of the row, as it is stored for a comparison."""
    return {str(pk): group for pk, group in plan.placements.values_list("pk", "group_id")}


def last_moved(plan: GroupPlan) -> GroupPlacement | None:
    """Return the place of the person who was moved last and can be put back."""
    moved = plan.placements.filter(moved_from__isnull=False).select_related(
        "membership", "registration", "moved_from", "group"
    )
    return moved.order_by("-moved_at", "-pk").first()


def form_groups(plan: GroupPlan) -> dict[str, object]:
    """Do the job: look for groups, note the progress, and store who is in which."""
    board, position = Board.of(plan), plan.done
    run = _number(plan.result.get("run"))

    def note(done: float) -> None:
        nonlocal position
        reached = min(int(done * plan.total), plan.total - 1)
        if reached >= position + NOTE_EVERY:
            position = engine.advance(plan, position, reached - position)

    proposal = propose(board.problem, seed=run, seconds=SECONDS, progress=note)
    with transaction.atomic():
        engine.advance(plan, position, plan.total - position)
        _place(plan, board, proposal.division.place)
    found = [
        {"kind": str(each.kind), "keys": list(each.keys), "wanted": each.wanted, "limit": each.limit}
        for each in proposal.conflicts
    ]
    return {**plan.result, "run": run, "conflicts": found, "broken": violations(board.problem, proposal.division)}


def percent_of(scores: Sequence[GroupScore]) -> int:
    """Return how mixed groups are as a whole, 0 to 100."""
    possible = sum(score.possible for score in scores)
    return round(100 * sum(score.covered for score in scores) / possible) if possible else 100


def percent_now(board: Board) -> int:
    """Return how mixed the groups of a plan are as a whole, 0 to 100."""
    return percent_of(group_scores(board.problem, board.division))


def _percent(plan: GroupPlan) -> int:
    return percent_now(Board.of(plan))


def _lock(plan: GroupPlan) -> GroupPlan:
    """Return the plan, locked to the end of the transaction. Raises PlanNotOpen."""
    locked: GroupPlan = GroupPlan.objects.select_for_update().get(pk=plan.pk)
    if not locked.is_open:
        raise PlanNotOpen
    return locked


def _start_again(plan: GroupPlan, before: int, places: Mapping[str, int | None]) -> None:
    """Look for groups again. ``before`` and ``places`` say how mixed the groups were, and who was in which."""
    plan.placements.update(moved_from=None, moved_at=None)
    plan.result = {"before": before, "earlier": places, "run": _number(plan.result.get("run")) + 1}
    plan.state, plan.done, plan.finished_at, plan.heartbeat_at = GroupPlan.State.WAITING, 0, None, timezone.now()
    engine.start(plan)


def _place(plan: GroupPlan, board: Board, place: Mapping[str, int]) -> None:
    """Store a division. People who have been erased meanwhile are left out."""
    rows = list(plan.placements.all())
    for row in rows:
        number = place.get(row.key)
        if number is not None:
            row.group = board.groups[number]
    GroupPlacement.objects.bulk_update(rows, ["group"], batch_size=500)


def _arrange(plan: GroupPlan, wanted: Wanted) -> None:
    """Bring the plan's groups and people in line with what is asked for. Members of groups that go on are locked."""
    people = everybody(wanted.people, wanted.groups)
    groups = _arrange_groups(plan, wanted, people)
    rows = {row.key: row for row in plan.placements.all()}
    keys = {person.key for person in people}
    plan.placements.filter(pk__in=[row.pk for key, row in rows.items() if key not in keys]).delete()
    home = {person.key: groups[group.translation_key] for group in wanted.groups for person in staying(group, people)}
    GroupPlacement.objects.bulk_create(
        [
            GroupPlacement(
                plan=plan,
                membership=None if person.application else person.details,
                registration=person.application,
                group=home.get(person.key),
                is_locked=person.key in home,
            )
            for person in people
            if person.key not in rows
        ],
        batch_size=500,
    )


def _arrange_groups(plan: GroupPlan, wanted: Wanted, people: Sequence[GroupPerson]) -> dict[UUID, ProposedGroup]:
    """Return the rows of the existing groups by translation key. Rows that stay keep their people."""
    keys = [group.translation_key for group in wanted.groups]
    rows = list(plan.groups.all())
    new = [row for row in rows if row.translation_key is None]
    kept = [row for row in rows if row.translation_key in keys] + new[: wanted.new_groups]
    gone = plan.groups.exclude(pk__in=[row.pk for row in kept])
    plan.placements.filter(group__in=gone).update(group=None, is_locked=False)
    gone.delete()
    number = max((row.number for row in kept), default=0)
    there = {row.translation_key for row in kept}
    titles = {group.translation_key: group.title for group in wanted.groups}
    added = [ProposedGroup(plan=plan, name=titles[key], translation_key=key) for key in keys if key not in there]
    count = len(wanted.groups)
    for nth in range(len(new[: wanted.new_groups]), wanted.new_groups):
        added.append(ProposedGroup(plan=plan, name=_("Group %(number)s") % {"number": count + nth + 1}))
    for row in added:
        number += 1
        row.number = number
    ProposedGroup.objects.bulk_create(added)
    existing = {row.translation_key: row for row in [*kept, *added] if row.translation_key}
    for group in wanted.groups:
        existing[group.translation_key].largest = largest_of(group, people, wanted.settings)
    ProposedGroup.objects.bulk_update(existing.values(), ["largest"])
    return existing


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
