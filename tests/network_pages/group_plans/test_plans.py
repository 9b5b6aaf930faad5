"""Forming groups in the background, and changing what was proposed."""

import pytest
from django.db import IntegrityError, transaction

from network_pages.group_plans import plans
from network_pages.group_plans.overview import PlanOverview
from network_pages.group_plans.people import GroupPerson, existing_groups
from network_pages.models import GroupPlacement, GroupPlan, Membership, ProposedGroup
from tests.factories import SmallGroupPageFactory
from tests.network_pages.group_plans.conftest import asked, division, start


@pytest.fixture
def user(make_staff, network):
    return make_staff(network, "see", "change")


def persons(people):
    return list(map(GroupPerson, people))


def test_the_job_divides_everybody_and_notes_its_progress(network, people, user, django_capture_on_commit_callbacks):
    plan = start(network, user, django_capture_on_commit_callbacks, new_groups=3)
    assert (plan.state, plan.done, plan.total, plan.saved_at) == ("done", 100, 100, None)
    assert plan.result == {"run": 0, "conflicts": [], "broken": 0}
    groups = division(plan)
    assert {name: len(members) for name, members in groups.items()} == {"Ryhmä 1": 4, "Ryhmä 2": 4, "Ryhmä 3": 4}
    assert sorted(name for members in groups.values() for name in members) == [person.name for person in people]
    # No name and no address is in the row of the job.
    assert "Henkilö" not in str(plan.parameters) + str(plan.result)
    assert "example.fi" not in str(plan.parameters) + str(plan.result)


def test_an_existing_group_goes_on_and_is_completed(
    network, people, existing, user, django_capture_on_commit_callbacks
):
    plan = start(network, user, django_capture_on_commit_callbacks, new_groups=2)
    groups = division(plan)
    assert [*groups] == ["Aamuryhmä", "Ryhmä 2", "Ryhmä 3"]
    assert {person.name for person in people[:3]} < {*groups["Aamuryhmä"]}
    assert {len(members) for members in groups.values()} == {4}


def test_a_member_of_a_group_who_is_not_in_the_network_belongs_to_the_plan(
    network, people, existing, user, django_capture_on_commit_callbacks
):
    guest = Membership.objects.create(translation_key=existing.translation_key, name="Vieras", email="v@example.fi")
    plan = start(network, user, django_capture_on_commit_callbacks, new_groups=3)
    assert guest.name in division(plan)["Aamuryhmä"]
    assert plan.placements.get(membership=guest).is_locked


def test_wishes_that_cannot_be_kept_are_explained_after_the_search(
    network, people, user, django_capture_on_commit_callbacks
):
    wish = (str(people[0].pk), str(people[1].pk))
    plan = start(network, user, django_capture_on_commit_callbacks, new_groups=3, together=(wish,), apart=(wish,))
    assert (plan.state, plan.result["broken"] > 0) == ("done", True)
    names = "Henkilö 00 ja Henkilö 01"
    assert PlanOverview(plan).warnings[0] == (
        f"Näiden henkilöiden pitää olla samassa ryhmässä ja eri ryhmissä: {names}. Poista toinen toiveista."
    )


def test_a_moved_person_stays_and_the_last_move_is_undone(network, people, user, django_capture_on_commit_callbacks):
    plan = start(network, user, django_capture_on_commit_callbacks, new_groups=3)
    before = division(plan)
    place = plan.placements.get(membership=people[0])
    origin, target = place.group, plan.groups.exclude(pk=place.group_id).first()
    assert plans.move(plan=plan, placement=place, group=target)
    assert not plans.move(plan=plan, placement=place, group=target)
    place.refresh_from_db()
    assert (place.group, place.moved_from, place.is_locked) == (target, origin, True)
    undone = plans.undo_last_move(plan=plan)
    assert (undone.group, undone.is_locked, division(plan)) == (origin, False, before)
    assert plans.undo_last_move(plan=plan) is None


def test_groups_are_formed_again_around_who_is_locked(network, people, user, django_capture_on_commit_callbacks):
    plan = start(network, user, django_capture_on_commit_callbacks, new_groups=3)
    first = plan.groups.first()
    places = list(plan.placements.all())[:4]
    for place in places:
        plans.move(plan=plan, placement=place, group=first)
        plans.set_locked(plan=plan, placement=place, locked=True)
    with django_capture_on_commit_callbacks(execute=True):
        plans.search_again(plan=plan)
    plan.refresh_from_db()
    assert (plan.state, plan.result["run"], plan.result["broken"]) == ("done", 1, 0)
    assert isinstance(plan.result["before"], int)
    assert set(first.placements.values_list("pk", flat=True)) == {place.pk for place in places}
    assert not plan.placements.filter(moved_from__isnull=False).exists()


def test_the_proposal_and_the_one_before_it_are_compared_and_one_is_kept(
    network, people, user, django_capture_on_commit_callbacks
):
    plan = start(network, user, django_capture_on_commit_callbacks, new_groups=3)
    earlier = division(plan)
    assert PlanOverview(plan).earlier is None
    with django_capture_on_commit_callbacks(execute=True):
        plans.search_again(plan=plan)
    plan.refresh_from_db()
    # Whatever the search found, one person is elsewhere now.
    place = plan.placements.first()
    for row in plan.placements.all():
        row.group_id = plan.result["earlier"][str(row.pk)]
        row.save()
    place.refresh_from_db()
    target = plan.groups.exclude(pk=place.group_id).first()
    plans.move(plan=plan, placement=place, group=target)
    found = PlanOverview(plan).earlier
    home = plan.groups.get(pk=plan.result["earlier"][str(place.pk)])
    assert [(each.person.name, each.now, each.earlier) for each in found.elsewhere] == [("Henkilö 00", target, home)]
    sizes = [(row.size_now, row.size_earlier) for row in found.rows]
    assert sorted(sizes) == [(3, 4), (4, 4), (5, 4)]
    assert (found.now.broken, found.earlier.broken, found.earlier.percent) == (1, 0, plan.result["before"])
    now = division(plan)
    assert plans.keep_earlier(plan=plan)
    assert division(plan) == earlier
    plan.refresh_from_db()
    assert plans.keep_earlier(plan=plan)
    assert division(plan) == now
    plans.forget_earlier(plan=plan)
    plan.refresh_from_db()
    assert (PlanOverview(plan).earlier, plans.keep_earlier(plan=plan), plan.result.get("before")) == (
        None,
        False,
        None,
    )


def test_proposals_of_other_people_are_not_compared(network, people, user, django_capture_on_commit_callbacks):
    plan = start(network, user, django_capture_on_commit_callbacks, new_groups=3, people=persons(people[:9]))
    with django_capture_on_commit_callbacks(execute=True):
        plans.change_plan(plan=plan, wanted=asked(network, new_groups=3))
    plan.refresh_from_db()
    assert PlanOverview(plan).earlier is None
    with django_capture_on_commit_callbacks(execute=True):
        plans.change_plan(plan=plan, wanted=asked(network, new_groups=3, people=persons(people[:9])))
    plan.refresh_from_db()
    assert PlanOverview(plan).earlier.earlier.sizes == [3, 3, 3]


def test_nothing_is_moved_while_groups_are_formed(network, people, user, django_capture_on_commit_callbacks):
    plan = start(network, user, django_capture_on_commit_callbacks, new_groups=3)
    GroupPlan.objects.update(state=GroupPlan.State.RUNNING)
    place = plan.placements.first()
    for change in (
        lambda: plans.move(plan=plan, placement=place, group=plan.groups.last()),
        lambda: plans.set_locked(plan=plan, placement=place, locked=True),
        lambda: plans.undo_last_move(plan=plan),
        lambda: plans.search_again(plan=plan),
        lambda: plans.keep_earlier(plan=plan),
        lambda: plans.forget_earlier(plan=plan),
    ):
        with pytest.raises(plans.PlanNotOpen):
            change()


def test_other_people_and_groups_are_asked_for_and_locks_are_kept(
    network, people, user, django_capture_on_commit_callbacks
):
    plan = start(network, user, django_capture_on_commit_callbacks, new_groups=3)
    first = plan.groups.first()
    place = first.placements.first()
    plans.set_locked(plan=plan, placement=place, locked=True)
    Membership.objects.filter(pk=people[11].pk).update(ends_on="2020-12-31", starts_on="2020-01-01")
    with django_capture_on_commit_callbacks(execute=True):
        plans.change_plan(plan=plan, wanted=asked(network, new_groups=2, smallest=5, largest=6))
    assert {name: len(members) for name, members in division(plan).items()} in (
        {"Ryhmä 1": 5, "Ryhmä 2": 6},
        {"Ryhmä 1": 6, "Ryhmä 2": 5},
    )
    place.refresh_from_db()
    assert (place.group, place.is_locked) == (first, True)


def test_who_has_shared_a_group_before_is_put_apart(network, people, user, django_capture_on_commit_callbacks):
    ended = SmallGroupPageFactory(parent=network, title="Entinen", status="ended")
    for person in people[:3]:
        Membership.objects.create(
            translation_key=ended.translation_key,
            email=person.email,
            starts_on="2020-01-01",
            ends_on="2020-12-31",
        )
    assert existing_groups(network.translation_key) == []
    weights = {"organisation": 0, "area": 0, "role": 0, "region": 0}
    plan = start(network, user, django_capture_on_commit_callbacks, new_groups=3, weights=weights)
    groups = plan.placements.filter(membership__in=people[:3]).values_list("group", flat=True)
    assert len({*groups}) == 3


def test_a_person_is_in_a_plan_once_and_is_locked_only_in_a_group(network, people, user):
    plan = GroupPlan.objects.create(kind=GroupPlan.KIND, translation_key=network.translation_key)
    GroupPlacement.objects.create(plan=plan, membership=people[0])
    for wrong in (
        lambda: GroupPlacement.objects.create(plan=plan, membership=people[0]),
        lambda: GroupPlacement.objects.create(plan=plan, membership=people[1], is_locked=True),
        lambda: ProposedGroup.objects.create(plan=plan, number=1),
        lambda: GroupPlan.objects.filter(pk=plan.pk).update(saved_at="2026-01-01T00:00:00Z"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()
