"""Plans hold applications only, and only for a time."""

from datetime import timedelta

from django.utils import timezone

from network_pages.models import PairApplicant, PairPlan
from network_pages.pair_plans.personal_data import proposals_of, purge_plans
from verkosto.registrations.enums import ErasureCause
from verkosto.registrations.privacy.erasure import erase, erase_address
from verkosto.registrations.privacy.personal_data import unregistered_models


def test_a_person_learns_which_pair_was_proposed(start, six):
    plan = start()
    known = {"organisation": "Lääni", "pair": 1, "proposed": plan.created_at.isoformat()}
    assert proposals_of("lääni@example.fi") == [known]
    assert [label for label in unregistered_models() if "Pair" in label] == []


def test_who_is_erased_is_in_no_plan(start, six):
    start()
    erase(registration=six[0], cause=ErasureCause.BY_STAFF)
    erase_address(email="traficom@example.fi")
    left = PairApplicant.objects.values_list("registration__organisation", flat=True)
    assert sorted(left) == ["Lääni", "Neuvosto", "Rannikko", "Tarkastus"]


def test_a_plan_is_deleted_after_its_time_and_with_its_round(start, six, round_page):
    start()
    now = timezone.now()
    assert purge_plans(now) == 0
    assert purge_plans(now + timedelta(days=91)) == 1
    start()
    round_page.delete()
    assert purge_plans(now) == 1
    assert PairPlan.objects.count() == 0
