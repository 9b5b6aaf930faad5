"""Who may register for events for members, and the data subject's view."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from network_pages.models import Membership
from tests.factories.events import EventIndexPageFactory, EventSeriesPageFactory, link_to_network
from tests.factories.locales import in_language
from tests.factories.registrations import desk_of, event_with_desk, publish, register
from tests.network_pages.conftest import make_member
from verkosto.registrations.domain.eligibility import check_eligible
from verkosto.registrations.exceptions import NotEligible
from verkosto.registrations.forms.signup import SignUpForm
from verkosto.registrations.models import Message, Registration
from verkosto.registrations.privacy.data_export import data_of_address
from verkosto.registrations.privacy.erasure import erase_address


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


def test_members_of_any_of_several_networks_register_while_their_term_holds(homes, network, other_network, member):
    event = event_with_desk(index=EventIndexPageFactory(parent=homes["fi"]), eligibility="members")
    link_to_network(event, network)
    link_to_network(event, other_network)
    make_member(other_network, "cai@example.fi")
    make_member(network, "old@example.fi", starts_on="2020-01-01", ends_on="2020-12-31")
    make_member(network, "later@example.fi", starts_on="2999-01-01")
    make_member(network, "left@example.fi", left_at=timezone.now())
    names = ("aino", "cai", "old", "later", "left")
    assert [may(desk_of(event), f"{name}@example.fi") for name in names] == [True, True, False, False, False]


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
    assert not Membership.objects.exists()
    assert "memberships" not in data_of_address("aino@example.fi")


def test_places_are_kept_for_members_until_a_time_and_then_open_to_all(
    client, network, member, django_capture_on_commit_callbacks
):
    """Who has no place yet is told when registration opens to them; after it nobody is asked for a membership."""
    until = datetime(2126, 9, 1, 6, tzinfo=UTC)
    event = event_with_desk(
        index=network, eligibility="members", members_until=until, starts_at=until + timedelta(days=30)
    )
    desk = desk_of(event)
    assert [may(desk, email) for email in ("aino@example.fi", "nobody@example.fi")] == [True, False]
    assert "alkaa kaikille su 1.9.2126 klo" in client.get(event.url).content.decode()
    form = {"name": "Joku", "email": "nobody@example.fi", "rendered": SignUpForm(desk=desk, questions=[]).stamp}
    url = f"/fi/registrations/{desk.translation_key}/"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, form)
    (sent,) = mail.outbox
    assert (sent.to, "alkaa kaikille su 1.9.2126 klo" in sent.body) == (["nobody@example.fi"], True)
    event.members_until = timezone.now() - timedelta(minutes=1)
    desk = desk_of(publish(event))
    assert [may(desk, email) for email in ("aino@example.fi", "nobody@example.fi")] == [True, True]
    assert "jäsenille" not in client.get(event.url).content.decode()
    assert register(desk, "nobody@example.fi").status == "confirmed"


def test_a_time_until_which_places_are_kept_needs_members(network):
    event = event_with_desk(index=network)
    event.members_until = timezone.now()
    with pytest.raises(ValidationError) as refused:
        event.full_clean()
    assert list(refused.value.message_dict) == ["members_until"]
