"""Plans hold people only by their memberships, and only for a time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from network_pages.group_plans.personal_data import erase_proposals, proposals_of, purge_plans
from network_pages.member_links import issue_token
from network_pages.models import GroupPlacement, GroupPlan
from tests.network_pages.group_plans.conftest import start
from verkosto.registrations.privacy.erasure import erase_address
from verkosto.registrations.privacy.personal_data import personal_data_stores


@pytest.fixture
def plan(network, people, admin_user, django_capture_on_commit_callbacks):
    return start(network, admin_user, django_capture_on_commit_callbacks, new_groups=3)


def test_a_person_learns_for_which_group_they_were_proposed(client, plan, people):
    group = plan.placements.get(membership=people[0]).group.name
    known = [{"group": group, "proposed": plan.created_at.isoformat()}]
    assert proposals_of("p0@example.fi") == known
    client.get(f"/fi/memberships/open/{issue_token(people[0])}/")
    assert client.get(f"/fi/memberships/{people[0].pk}/data/").json()["proposed_groups"] == known


def test_a_person_who_is_erased_is_in_no_plan(plan, people):
    assert "network_pages.GroupPlacement" in {
        label.replace("verkosto_networks", "network_pages")
        for store in personal_data_stores()
        for label in store.models
    }
    erase_address(email="p0@example.fi")
    assert (GroupPlacement.objects.count(), proposals_of("p0@example.fi")) == (11, [])
    assert erase_proposals("p1@example.fi") == 1
    assert GroupPlacement.objects.count() == 10
    people[2].delete()
    assert GroupPlacement.objects.count() == 9


def test_a_plan_is_deleted_after_its_time_and_with_its_network(plan, other_network):
    now = timezone.now()
    assert purge_plans(now) == 0
    GroupPlan.objects.create(kind=GroupPlan.KIND, translation_key=other_network.translation_key)
    other_network.delete()
    assert purge_plans(now) == 1
    assert purge_plans(now + timedelta(days=91)) == 1
    assert (GroupPlan.objects.count(), GroupPlacement.objects.count()) == (0, 0)
