"""The members of a season's networks are registered for all its meetings in one action of the staff."""

import re

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from network_pages.season_members import plan_season, seasons_to_fill
from tests.factories import EventIndexPageFactory, link_to_network
from tests.factories.registrations import desk_of, publish, question, register
from tests.factories.seasons import season
from tests.network_pages.conftest import make_member, make_members
from verkosto.registrations.domain.lifecycle import cancel
from verkosto.registrations.mail.compose import compose
from verkosto.registrations.models import Job, Message, Registration


@pytest.fixture
def series(network):
    """A season of the network with two meetings and four places."""
    return season(meetings=2, index=EventIndexPageFactory(parent=network), capacity=4, places_per_registration=2)


@pytest.fixture
def desk(series):
    return desk_of(series)


@pytest.fixture
def send(admin_client, django_capture_on_commit_callbacks):
    """send(desk): register the members as staff do; the job runs at once."""

    def register_all(desk, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            return admin_client.post(reverse("members:season"), {"season": desk.pk, "register": "1", **fields})

    return register_all


def registered(desk):
    """(address, status, language) of the registrations of a desk."""
    return list(desk.registrations.order_by("email").values_list("email", "status", "language"))


def test_members_of_the_networks_are_registered_after_a_preview(
    admin_client, send, network, other_network, series, desk
):
    make_member(network, "aino@example.fi", "Aino Virtanen")
    make_member(network, "bo@example.fi", "Bo Berg", language="sv")
    make_member(other_network, "bo@example.fi", "Bo Berg")
    make_member(other_network, "eero@example.fi", "Eero Niemi", language="en")
    link_to_network(series, other_network)
    shown = admin_client.post(reverse("members:season"), {"season": desk.pk})
    plan = shown.context["plan"]
    assert ([row.name for row in plan.new], plan.with_place, plan.waiting, plan.refused) == (
        ["Aino Virtanen", "Bo Berg", "Eero Niemi"],
        3,
        0,
        0,
    )
    assert [(mail.code, mail.number, mail.subject) for mail in shown.context["previews"]] == [
        ("en", 1, "You have a place: Kausi"),
        ("fi", 1, "Sinulla on paikka: Kausi"),
        ("sv", 1, "Du har en plats: Kausi"),
    ]
    assert "3 jäsentä saa paikan kaikissa tapaamisissa" in re.sub(r"\s+", " ", shown.content.decode())
    assert registered(desk) == []

    job = Job.objects.get(pk=send(desk)["Location"].strip("/").rpartition("/")[2])
    assert (job.kind, job.state, job.done, job.total) == ("member_registered", "done", 3, 3)
    assert registered(desk) == [
        ("aino@example.fi", "confirmed", "fi"),
        ("bo@example.fi", "confirmed", "sv"),
        ("eero@example.fi", "confirmed", "en"),
    ]
    assert [row.participations.filter(status="coming").count() for row in desk.registrations.all()] == [2, 2, 2]
    mails = Message.objects.order_by("recipient")
    assert [(mail.kind, mail.recipient, mail.language) for mail in mails] == [
        ("member_registered", "aino@example.fi", "fi"),
        ("member_registered", "bo@example.fi", "sv"),
        ("member_registered", "eero@example.fi", "en"),
    ]
    assert ModelLogEntry.objects.get(action="network_pages.register_members").data == {"count": 3}
    # A second time there is nobody left.
    again = send(desk)
    assert (again.context["plan"].new, again.context["plan"].registered, again.context["plan"].left_out) == ([], 3, 0)
    assert desk.registrations.count() == 3


def test_who_cancelled_or_comes_as_a_guest_is_not_registered(send, admin_user, network, desk):
    for name in ("aino", "bo", "eero", "lahti"):
        make_member(network, f"{name}@example.fi", name.title())
    cancel(registration=register(desk, "aino@example.fi", user=admin_user))
    register(desk, "bo@example.fi", user=admin_user, places=2, guests=["Vieras"])
    row = Registration.objects.get(email="bo@example.fi").guests.get()
    row.email = "eero@example.fi"
    row.save()
    plan = plan_season(desk=desk, user=admin_user)
    assert ([row.name for row in plan.new], plan.registered, plan.left_out) == (["Lahti"], 2, 1)
    send(desk)
    assert registered(desk) == [
        ("aino@example.fi", "cancelled", "fi"),
        ("bo@example.fi", "confirmed", "fi"),
        ("lahti@example.fi", "confirmed", "fi"),
    ]


def test_capacity_holds_and_nobody_overtakes_the_waiting_list(send, admin_user, network, series, desk):
    make_members(network, 6)
    register(desk, "first@example.fi", user=admin_user, places=2, guests=["Vieras"])
    register(desk, "second@example.fi", user=admin_user)
    series.waiting_list_length = 2
    publish(series)
    plan = plan_season(desk=desk, user=admin_user)
    assert (len(plan.new), plan.with_place, plan.waiting, plan.refused) == (6, 1, 2, 3)
    send(desk)
    rows = registered(desk)
    assert [status for _email, status, _language in rows] == [
        "confirmed",
        "confirmed",
        "waiting",
        "waiting",
        "confirmed",
    ]
    assert [mail.kind for mail in Message.objects.filter(recipient__startswith="m").order_by("recipient")] == [
        "member_registered",
        "member_waiting",
        "member_waiting",
    ]


def test_places_that_are_due_to_the_waiting_list_stay_due(send, admin_user, network, series, desk):
    """A place is free, and nobody has moved up yet, because the page is not public."""
    holder = register(desk, "holder@example.fi", user=admin_user, places=2, guests=["Vieras"])
    register(desk, "other@example.fi", user=admin_user, places=2, guests=["Vieras"])
    waiting = register(desk, "waiting@example.fi", user=admin_user)
    series.get_parent().view_restrictions.create(restriction_type="login")
    cancel(registration=holder)
    waiting.refresh_from_db()
    assert waiting.status == "waiting"
    make_member(network, "aino@example.fi", "Aino")
    assert plan_season(desk=desk, user=admin_user).with_place == 0
    send(desk)
    assert desk.registrations.get(email="aino@example.fi").status == "waiting"


def test_organisation_is_the_answer_to_its_question(send, network, series, desk):
    series.questions = [question("organisation", "Virasto", required=True)]
    series.limit_per_organisation = 1
    publish(series)
    for name in ("aino", "bo"):
        make_member(network, f"{name}@example.fi", name, organisation="Vero")
    make_member(network, "eero@example.fi", "eero")
    send(desk)
    # The second of the organisation finds no place, the person after them does.
    assert list(desk.registrations.order_by("email").values_list("email", "organisation")) == [
        ("aino@example.fi", "Vero"),
        ("eero@example.fi", ""),
    ]


def test_mail_names_the_meetings_and_the_person_checks_their_details(send, network, desk):
    make_member(network, "aino@example.fi", "Aino", language="sv")
    send(desk)
    mail = compose(Message.objects.get(), link="https://example.fi/link")
    assert mail.subject == "Du har en plats: Kausi"
    assert "Tapaaminen 1" in mail.text()
    assert mail.link_label == "Kontrollera dina uppgifter"
    assert len(mail.calendars) == 1
    assert mail.code[1:4] == b"PNG"
    assert desk.registrations.get().awaits_details


def test_only_ones_own_seasons_and_members(client, make_staff, network, other_network, series, desk):
    make_member(network, "aino@example.fi", "Aino")
    make_member(other_network, "bo@example.fi", "Bo")
    link_to_network(series, other_network)
    staff = make_staff(network, "see", "change")
    assert [row.name for row in plan_season(desk=desk, user=staff).new] == ["Aino"]
    stranger = make_staff(other_network, "see", "change", username="other")
    assert seasons_to_fill(stranger) == []
    client.force_login(stranger)
    refused = client.post(reverse("members:season"), {"season": desk.pk, "register": "1"})
    assert list(refused.context["form"].errors) == ["season"]
    assert registered(desk) == []


def test_a_season_by_single_registrations_and_one_that_is_cancelled_are_not_offered(admin_user, series, desk):
    assert seasons_to_fill(admin_user) == [desk]
    series.registration_scope = "each"
    publish(series)
    assert seasons_to_fill(admin_user) == []
