"""Who may register for events for members, and the data subject's view."""

import pytest

from network_pages.models import Member
from tests.factories import NetworkIndexPageFactory, NetworkPageFactory
from tests.factories.events import EventIndexPageFactory, EventSeriesPageFactory, link_to_network
from tests.factories.locales import in_language
from tests.factories.registrations import desk_of, event_with_desk, publish
from verkosto.registrations.domain.eligibility import check_eligible
from verkosto.registrations.exceptions import NotEligible
from verkosto.registrations.forms.registration import SignUpForm
from verkosto.registrations.models import Message, Registration
from verkosto.registrations.privacy.data_export import data_of_address
from verkosto.registrations.privacy.erasure import erase_address


@pytest.fixture
def member(network):
    return Member.objects.create(network=network, email="aino@example.fi", name="Aino Virtanen")


@pytest.fixture
def network(homes):
    return NetworkPageFactory(parent=NetworkIndexPageFactory(parent=homes["fi"]), title="Johtajaverkosto")


def may(desk, email: str) -> bool:
    try:
        check_eligible(desk, email=email, declared=False, code="")
    except NotEligible:
        return False
    return True


def test_members_register_for_events_below_their_network(network, member):
    series = EventSeriesPageFactory(parent=network, title="Kausi")
    for parent in (network, series):
        desk = desk_of(event_with_desk(index=parent, title=f"Tapaaminen {parent.pk}", eligibility="members"))
        assert [may(desk, email) for email in ("Aino@Example.fi", "nobody@example.fi")] == [True, False]


def test_members_register_for_events_that_name_their_network_in_any_language(homes, network, member):
    in_language(network.get_parent().specific, "sv")
    swedish = publish(in_language(network, "sv", title="Ledarnätverket"))
    event = event_with_desk(index=EventIndexPageFactory(parent=homes["fi"]), eligibility="members")
    assert not may(desk_of(event), "aino@example.fi")
    link_to_network(event, swedish)
    assert may(desk_of(event), "aino@example.fi")


def test_visitor_is_not_told_who_is_a_member_and_the_address_is(client, network, member):
    desk = desk_of(event_with_desk(index=network, eligibility="members"))
    url = f"/fi/registrations/{desk.translation_key}/"
    form = {"name": "Joku", "rendered": SignUpForm(desk=desk, questions=[]).stamp}
    answers = [client.post(url, {**form, "email": email}) for email in ("aino@example.fi", "nobody@example.fi")]
    pages = [client.get(answer["Location"]).content.decode() for answer in answers]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert [page.count("Ilmoittautuminen") for page in pages] == [pages[0].count("Ilmoittautuminen")] * 2
    assert list(Registration.objects.values_list("email", "status")) == [("aino@example.fi", "awaiting_confirmation")]
    assert dict(Message.objects.values_list("recipient", "kind")) == {
        "aino@example.fi": "confirm_address",
        "nobody@example.fi": "not_eligible",
    }


def test_an_addresss_memberships_are_given_out_and_erased_with_the_rest(member):
    kept = data_of_address("AINO@example.fi")["memberships"]
    assert [(row["network"], row["name"]) for row in kept] == [("Johtajaverkosto", "Aino Virtanen")]
    erase_address(email="AINO@example.fi")
    assert not Member.objects.exists()
    assert "memberships" not in data_of_address("aino@example.fi")
