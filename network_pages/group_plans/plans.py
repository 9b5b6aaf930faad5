"""The use cases of a plan: starting it, searching, moving and locking people, undoing, and searching again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network_pages.group_plans.people import ExistingGroup
from network_pages.group_plans.problems import Board, everybody, staying
from network_pages.grouping.proposal import SECONDS, propose
from network_pages.grouping.score import GroupScore, group_scores, violations
from network_pages.grouping.settings import GroupSettings
from network_pages.models import GroupPlacement, GroupPlan, Membership, ProposedGroup
from verkosto.core.accounts import SignedInUser
from verkosto.core.jobs import engine

#: Steps between two notes of the progress, in hundredths.
NOTE_EVERY: Final = 5


class PlanNotOpen(Exception):
    """The groups are being looked for, or they have been saved: nothing can be changed."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What an editor asks for. The members of the groups that go on belong to it in any case."""

    settings: GroupSettings
    people: Sequence[Membership]
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
    """Store other wishes and look for groups again. Who is locked and still asked for stays. Raises PlanNotOpen."""
    locked = _lock(plan)
    locked.parameters = wanted.settings.to_json()
    before = _percent(locked)
    _arrange(locked, wanted)
    _start_again(locked, before)


@transaction.atomic
def search_again(*, plan: GroupPlan) -> None:
    """Look for other groups; who is locked stays. Raises PlanNotOpen."""
    locked = _lock(plan)
    _start_again(locked, _percent(locked))


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


def last_moved(plan: GroupPlan) -> GroupPlacement | None:
    """Return the place of the person who was moved last and can be put back."""
    moved = plan.placements.filter(moved_from__isnull=False).select_related("membership", "moved_from", "group")
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


def _percent(plan: GroupPlan) -> int:
    board = Board.of(plan)
    return percent_of(group_scores(board.problem, board.division))


def _lock(plan: GroupPlan) -> GroupPlan:
    """Return the plan, locked to the end of the transaction. Raises PlanNotOpen."""
    locked: GroupPlan = GroupPlan.objects.select_for_update().get(pk=plan.pk)
    if not locked.is_open:
        raise PlanNotOpen
    return locked


def _start_again(plan: GroupPlan, before: int) -> None:
    plan.placements.update(moved_from=None, moved_at=None)
    plan.result = {"before": before, "run": _number(plan.result.get("run")) + 1}
    plan.state, plan.done, plan.finished_at, plan.heartbeat_at = GroupPlan.State.WAITING, 0, None, timezone.now()
    engine.start(plan)


def _place(plan: GroupPlan, board: Board, place: Mapping[str, int]) -> None:
    """Store a division. Who has been erased meanwhile is left out."""
    rows = list(plan.placements.all())
    for row in rows:
        number = place.get(str(row.membership_id))
        if number is not None:
            row.group = board.groups[number]
    GroupPlacement.objects.bulk_update(rows, ["group"], batch_size=500)


def _arrange(plan: GroupPlan, wanted: Wanted) -> None:
    """Bring the plan's groups and people in line with what is asked for. Members of groups that go on are locked."""
    people = everybody(wanted.people, wanted.groups)
    groups = _arrange_groups(plan, wanted)
    plan.placements.exclude(membership__in=people).delete()
    known = set(plan.placements.values_list("membership_id", flat=True))
    home = {person.pk: groups[group.translation_key] for group in wanted.groups for person in staying(group, people)}
    GroupPlacement.objects.bulk_create(
        [
            GroupPlacement(plan=plan, membership=person, group=home.get(person.pk), is_locked=person.pk in home)
            for person in people
            if person.pk not in known
        ],
        batch_size=500,
    )


def _arrange_groups(plan: GroupPlan, wanted: Wanted) -> dict[UUID, ProposedGroup]:
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
    return {row.translation_key: row for row in [*kept, *added] if row.translation_key}


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
