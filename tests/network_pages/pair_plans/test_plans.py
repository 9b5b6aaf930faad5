"""The use cases of a plan of pairs."""

import pytest
from django.utils import timezone

from network_pages.models import PairPlan
from network_pages.pair_plans import plans
from network_pages.pair_plans.applications import applications_to
from network_pages.pair_plans.board import PairBoard
from network_pages.pair_plans.plans import EnteredOrganisation
from tests.network_pages.pair_plans.conftest import pairs, row_of

BEST = {1: ["Lääni", "Rannikko"], 2: ["Traficom", "Vero"], 3: ["Neuvosto", "Tarkastus"]}


def test_six_organisations_become_three_pairs_at_once(start, six):
    plan = start()
    assert (plan.state, plan.is_open, plan.done) == ("done", True, 1)
    assert pairs(plan) == BEST
    # 10 and two wishes and sizes; 10 and sizes; 10.
    assert PairBoard.of(plan).points() == 25 + 13 + 10


def test_many_organisations_are_paired_by_a_job(start, six, monkeypatch):
    monkeypatch.setattr(plans, "AT_ONCE", 5)
    plan = start()
    assert (plan.state, pairs(plan)) == ("done", BEST)
    assert plan.heartbeat_at is not None


def test_an_odd_organisation_joins_a_pair_and_threes_can_be_wished_for(start, six):
    plan = start(EnteredOrganisation(name="Poliisi", themes="digitalisaatio", size=9000))
    assert ["Neuvosto", "Poliisi", "Tarkastus"] in pairs(plan).values()
    assert sorted(map(len, pairs(start(threes=2)).values())) == [3, 3]


def test_wishes_of_the_editor_are_kept(start, six):
    vero, traficom, tarkastus = (str(each.pk) for each in six[:3])
    plan = start(together=((vero, tarkastus),), apart=((vero, traficom),))
    assert ["Tarkastus", "Vero"] in pairs(plan).values()
    assert PairBoard.of(plan).broken() == ([], [])
    plans.swap(plan=plan, one=row_of(plan, "Tarkastus"), other=row_of(plan, "Traficom"))
    assert PairBoard.of(plan).broken() == ([["Vero", "Tarkastus"]], [["Vero", "Traficom"]])


def test_an_organisation_is_moved_swapped_split_and_each_change_undone(start, six):
    plan = start()
    plans.move(plan=plan, applicant=row_of(plan, "Lääni"), number=2)
    assert pairs(plan) == {1: ["Rannikko"], 2: ["Lääni", "Traficom", "Vero"], 3: BEST[3]}
    assert [row_of(plan, name).is_locked for name in ("Vero", "Rannikko", "Neuvosto")] == [True, False, False]
    with pytest.raises(plans.PairFull):
        plans.move(plan=plan, applicant=row_of(plan, "Rannikko"), number=2)
    plans.swap(plan=plan, one=row_of(plan, "Rannikko"), other=row_of(plan, "Neuvosto"))
    assert pairs(plan)[3] == ["Rannikko", "Tarkastus"]
    plans.split(plan=plan, number=2)
    assert pairs(plan)[None] == ["Lääni", "Traficom", "Vero"]
    plans.move(plan=plan, applicant=row_of(plan, "Vero"), number=0)
    assert pairs(plan)[2] == ["Vero"]
    plans.move(plan=plan, applicant=row_of(plan, "Vero"), number=None)
    plan.refresh_from_db()
    assert len(plan.earlier) == 5
    assert [plans.undo(plan=plan) for _time in range(6)] == [True] * 5 + [False]
    assert pairs(plan) == BEST
    assert not plan.applicants.filter(is_locked=True).exists()


def test_moving_to_where_one_is_changes_nothing(start, six):
    plan = start()
    plans.move(plan=plan, applicant=row_of(plan, "Lääni"), number=1)
    plan.refresh_from_db()
    assert plan.earlier == []


def test_locked_pairs_stay_when_pairs_are_proposed_again(start, six):
    plan = start()
    plans.swap(plan=plan, one=row_of(plan, "Lääni"), other=row_of(plan, "Vero"))
    plans.set_locked(plan=plan, number=2, locked=False)
    plans.propose_again(plan=plan)
    assert pairs(plan)[1] == ["Rannikko", "Vero"]
    assert sorted(pairs(plan)) == [1, 2, 3]
    plans.undo(plan=plan)
    assert pairs(plan)[2] == ["Lääni", "Traficom"]


def test_other_organisations_are_asked_for(start, six, round_page):
    poliisi = EnteredOrganisation(name="Poliisi", themes="Johtaminen")
    plan = start(poliisi)
    chosen = [row for row in applications_to(round_page.translation_key) if row.organisation != "Lääni"]
    larger = EnteredOrganisation(name="POLIISI", themes="Työnantajakuva", size=100)
    wanted = plans.Wanted(settings=plan.settings, applications=chosen, entered=[larger])
    plans.change_plan(plan=plan, wanted=wanted)
    assert sorted(pairs(plan).values()) == [BEST[3], ["POLIISI", "Rannikko"], BEST[2]]
    assert PairPlan.objects.get().earlier == []


def test_an_application_that_was_erased_is_in_no_pair(start, six):
    plan = start()
    type(six[0]).objects.filter(pk=six[0].pk).update(purged_at=timezone.now(), organisation="")
    board = PairBoard.of(plan)
    assert sorted(each.name for each in board.organisations.values()) == [
        "Lääni",
        "Neuvosto",
        "Rannikko",
        "Tarkastus",
        "Traficom",
    ]


def test_nothing_is_changed_in_a_plan_that_was_saved(start, six):
    plan = start()
    PairPlan.objects.update(saved_at=timezone.now())
    row = row_of(plan, "Vero")
    for change in (
        lambda: plans.move(plan=plan, applicant=row, number=1),
        lambda: plans.swap(plan=plan, one=row, other=row),
        lambda: plans.split(plan=plan, number=1),
        lambda: plans.set_locked(plan=plan, number=1, locked=True),
        lambda: plans.propose_again(plan=plan),
        lambda: plans.undo(plan=plan),
    ):
        with pytest.raises(plans.PlanNotOpen):
            change()
    assert pairs(plan) == BEST
