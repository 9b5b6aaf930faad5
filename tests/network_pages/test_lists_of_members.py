"""Every list of members costs the same queries at one and at 1,000 members, for staff, members and jobs alike."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from network_pages.member_links import issue_token
from network_pages.membership_terms import renew
from network_pages.season_members import plan_season
from tests.factories import EventIndexPageFactory
from tests.factories.registrations import desk_of
from tests.factories.seasons import season
from tests.network_pages.conftest import make_member, make_members

NUMBER = 1000


@pytest.fixture
def lists(admin_client, admin_user, network, member):
    """The lists by name, each as something to call that returns whether it worked."""
    desk = desk_of(season(meetings=2, index=EventIndexPageFactory(parent=network)))
    own = Client()
    own.get(f"/fi/memberships/open/{issue_token(member)}/")
    of_network = {"page": str(network.translation_key)}
    mail = {"key": str(uuid.uuid4()), "term": "current", "subject_fi": "Kutsu", "body_fi": "Hei {name}!"}
    write = f"{reverse('members:write')}?page={network.translation_key}"
    year = {**of_network, "year": timezone.localdate().year}

    def shows(answer, name=None):
        return answer.status_code == 200 and (name is None or bool(answer.context[name]))

    def exported():
        return b"".join(admin_client.post(reverse("members:export"), {"format": "csv"}).streaming_content)

    return {
        "list": lambda: shows(admin_client.get(reverse("members:index")), "object_list"),
        "list and gaps of a network": lambda: shows(admin_client.get(reverse("members:index"), of_network)),
        "search": lambda: shows(admin_client.get(reverse("members:index"), {"q": "aino"}), "object_list"),
        "export": lambda: b"aino@example.fi" in exported(),
        "import": lambda: shows(
            admin_client.post(reverse("members:import"), {**of_network, "addresses": "b@example.fi"})
        ),
        "figures of a year": lambda: shows(admin_client.get(reverse("members:figures"), year)),
        "recipients of an email": lambda: shows(admin_client.post(write, mail), "previews"),
        "people of a group plan": lambda: shows(admin_client.get(reverse("group_plans:add"), of_network)),
        "members for a season": lambda: shows(
            admin_client.post(reverse("members:season"), {"season": desk.pk}), "plan"
        ),
        "plan of a season": lambda: bool(plan_season(desk=desk, user=admin_user).new),
        "members who agreed": lambda: shows(own.get(f"/fi/memberships/{member.pk}/")),
        "renewal": lambda: renew(member) is False,
    }


def costs(lists):
    """The queries of each list."""
    found = {}
    for name, call in lists.items():
        with CaptureQueriesContext(connection) as queries:
            assert call(), name
        found[name] = len(queries)
    return found


def test_lists_cost_the_same_at_one_and_at_a_thousand_members(lists, network, member):
    """One member besides whoever looks: the list of those who agreed is of the others."""
    make_member(network, "first@example.fi", "A", is_listed=True)
    costs(lists)  # what is looked up once, such as content types
    at_one = costs(lists)
    assert max(at_one.values()) <= 45
    make_members(network, NUMBER - 2, is_listed=True)
    assert costs(lists) == at_one
