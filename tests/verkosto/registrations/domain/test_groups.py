"""Registrations for several people: groups on the waiting list, several registrations with one address."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from tests.factories.registrations import desk_of, event_with_desk, publish, question, register
from tests.verkosto.registrations.form_posts import address, fill
from verkosto.registrations.domain import lifecycle, waiting_list
from verkosto.registrations.domain.capacity_audit import check
from verkosto.registrations.domain.signup import SignupData, sign_up
from verkosto.registrations.domain.waiting_reasons import waiting_for
from verkosto.registrations.exceptions import AlreadyRegistered, TooManyPlaces
from verkosto.registrations.mail.compose import compose
from verkosto.registrations.models import Message, Registration
from verkosto.registrations.tokens import issue_token

pytestmark = pytest.mark.django_db


def full_desk_with_group():
    """Three single places taken, and a group of three that waits."""
    desk = desk_of(event_with_desk(capacity=3, places_per_registration=3))
    singles = [register(desk, f"{name}@example.fi") for name in ("a", "b", "c")]
    group = register(desk, "ryhma@example.fi", name="Aino", places=3, guests=["Bertta", "Cecilia"])
    return desk, singles, group


def manage_page(client, registration):
    client.get(f"/fi/registrations/open/{issue_token(registration=registration)}/")
    return " ".join(client.get(f"/fi/registrations/manage/{registration.reference}/").content.decode().split())


def statuses(desk):
    return dict(desk.registrations.values_list("email", "status"))


def test_group_on_the_waiting_list_reads_on_page_and_in_mail_that_its_places_must_be_free_at_once(client):
    _desk, singles, group = full_desk_with_group()
    mail = compose(group.messages.get())
    assert mail.subject == "Olet varasijajonossa, 3 paikkaa: Webinaari"
    rule = "Saat paikat, kun 3 paikkaa on vapaana yhtä aikaa."
    assert rule in " ".join(mail.parts)
    lifecycle.cancel(registration=singles[0])
    page = manage_page(client, group)
    assert rule in page
    assert "Odottaa: 3 paikkaa, jotka ovat vapaina yhtä aikaa" in page


def test_newcomer_gets_no_place_while_somebody_whom_it_fits_waits(desk):
    first, second = register(desk, "a@example.fi"), register(desk, "b@example.fi")
    waiting = register(desk, "c@example.fi")
    # A place came free while nobody moved up.
    Registration.objects.filter(pk=first.pk).update(status="cancelled", holds_place=False, claims=[])
    desk.pools.filter(kind="desk").update(taken=1)
    newcomer = register(desk, "d@example.fi")
    assert (waiting.status, newcomer.status) == ("waiting", "waiting")
    lifecycle.cancel(registration=second)
    assert statuses(desk) == {
        "a@example.fi": "cancelled",
        "b@example.fi": "cancelled",
        "c@example.fi": "confirmed",
        "d@example.fi": "confirmed",
    }
    assert check(desk).consistent


def test_newcomer_gets_a_place_that_is_too_small_for_the_group(client):
    desk, singles, _group = full_desk_with_group()
    lifecycle.cancel(registration=singles[0])
    assert register(desk, "d@example.fi").status == "confirmed"
    assert check(desk).consistent


def test_staff_keep_free_places_for_a_group_until_it_has_them_all(client, admin_client):
    desk, singles, group = full_desk_with_group()
    behind = register(desk, "behind@example.fi")
    admin_client.post(reverse("verkosto_registrations_admin:keep_places", args=[desk.pk, group.pk]))
    for single in singles[:2]:
        lifecycle.cancel(registration=single)
    assert register(desk, "new@example.fi").status == "waiting"
    assert client.get(address(desk)).context["form_context"].state == "waiting"
    behind.refresh_from_db()
    assert behind.status == "waiting"
    staff_page = admin_client.get(
        reverse("verkosto_registrations_admin:registration", args=[desk.pk, group.pk])
    ).content.decode()
    assert "Vapautuvat paikat varataan heille" in staff_page
    lifecycle.cancel(registration=singles[2])
    group.refresh_from_db()
    assert (group.status, group.keeps_places) == ("confirmed", False)
    assert client.get(address(desk)).context["form_context"].state == "waiting"  # full
    assert check(desk).consistent


def test_places_that_are_no_longer_kept_go_to_others(admin_client):
    desk, singles, group = full_desk_with_group()
    behind = register(desk, "behind@example.fi")
    waiting_list.keep_places(registration=group)
    lifecycle.cancel(registration=singles[0])
    admin_client.post(reverse("verkosto_registrations_admin:release_places", args=[desk.pk, group.pk]))
    behind.refresh_from_db()
    assert behind.status == "confirmed"
    assert list(group.changes.values_list("event", flat=True).order_by("pk"))[-2:] == [
        "places_kept",
        "places_not_kept",
    ]
    assert check(desk).consistent


def test_group_that_is_larger_than_the_event_does_not_wait_in_vain(client):
    """Found when tried: five places in one registration at an event with two. The group waited without end."""
    desk = desk_of(event_with_desk(capacity=2, places_per_registration=5))
    refused = client.post(address(desk), fill(desk, places="3"))
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["places"])
    assert refused.context["form"].fields["places"].max_value == 2
    with pytest.raises(TooManyPlaces):
        register(desk, "a@example.fi", places=3)
    assert register(desk, "a@example.fi", places=2, guests=["Bertta"]).status == "confirmed"
    desk.capacity = 0
    assert desk.most_places == 1


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        ("confirmed", "Ilmoittautuminen on vahvistettu, 3 paikkaa: Webinaari"),
        ("promoted", "Sinulle on vapautunut 3 paikkaa: Webinaari"),
    ],
)
def test_mail_to_a_group_says_how_many_places_and_for_whom(kind, subject):
    desk = desk_of(event_with_desk(capacity=3, places_per_registration=3))
    group = register(desk, "aino@example.fi", places=3, guests=["Bertta", "www.evil.example"])
    mail = compose(Message(registration=group, desk=desk, kind=kind, recipient=group.email, language="fi"))
    text = mail.text()
    assert mail.subject == subject
    assert "Paikat: 3\n" in text
    assert "Ilmoittautujat: Aino, Bertta, www. evil. example\n" in text
    assert "evil.example" not in mail.html()


def test_waiting_for_a_full_option_is_said_to_the_person_and_to_staff(client, admin_client, danish):
    workshop = question("choice", "Työpaja", choices=[("Työpaja A", 1), ("Työpaja B", None)])
    page = event_with_desk(questions=[workshop], capacity=2)
    desk, (a, b) = desk_of(page), (choice["id"] for choice in workshop["value"]["choices"])
    register(desk, "a@example.fi", answers={workshop["id"]: a})
    other = register(desk, "b@example.fi", answers={workshop["id"]: b})
    waiting = register(desk, "c@example.fi", answers={workshop["id"]: a})
    with override("fi"):
        assert waiting_for(waiting) == ["vapaata paikkaa", "Työpaja A"]
    with override("da"):
        assert waiting_for(waiting) == ['<span lang="en">a free place</span>', '<span lang="fi">Työpaja A</span>']
    lifecycle.cancel(registration=other)
    waiting.refresh_from_db()
    assert waiting.status == "waiting"
    assert "Odottaa: Työpaja A<" in manage_page(client, waiting)
    staff = reverse("verkosto_registrations_admin:registration", args=[desk.pk, waiting.pk])
    assert "Odottaa: Työpaja A<" in admin_client.get(staff).content.decode()


# Several registrations with one address


def test_receipt_of_a_second_person_with_the_same_address_promises_no_place(client, desk):
    """Known and unknown addresses get one receipt, so it promises a first registration only what is so for both."""
    client.post(address(desk), fill(desk, name="Aino", email="sihteeri@example.fi"))
    Registration.objects.update(created_at=timezone.now() - timedelta(minutes=1))
    receipts = []
    for name in ("Bertta", "Cecilia"):
        answer = client.post(address(desk), fill(desk, name=name, email="sihteeri@example.fi"))
        receipts.append(client.get(answer["Location"]).content.decode())
    for receipt in receipts:
        assert "<h1>Kiitos. Katso sähköpostisi.</h1>" in receipt
        assert "Sinulla on paikka, ellei osoitteella ollut jo ilmoittauduttu." in receipt
    again = Message.objects.filter(kind="already_registered").last()
    text = compose(again).text()
    assert "Ilmoittautujat: Aino\n" in text
    assert "käytä hänen omaa sähköpostiosoitettaan tai pyydä järjestäjää ilmoittamaan hänet" in text


def test_secretary_registers_colleagues_where_the_editor_allows_it(client):
    desk = desk_of(event_with_desk(several_per_address=True, capacity=5))
    for name in ("Aino", "Bertta", "Bertta"):  # the last was sent twice
        answer = client.post(address(desk), fill(desk, name=name, email="sihteeri@example.fi"))
        assert "<h1>Kiitos. Sinulla on paikka.</h1>" in client.get(answer["Location"]).content.decode()
    assert sorted(desk.registrations.values_list("name", "status")) == [("Aino", "confirmed"), ("Bertta", "confirmed")]
    mails = [compose(message).text() for message in Message.objects.filter(kind="confirmed").order_by("pk")]
    assert [("Ilmoittautujat: Aino\n" in mail, "Ilmoittautujat: Bertta\n" in mail) for mail in mails] == [
        (True, False),
        (False, True),
    ]
    assert check(desk).consistent


@pytest.mark.parametrize("eligibility", ["members", "invited"])
def test_address_that_says_who_may_register_is_not_shared(eligibility):
    desk = desk_of(event_with_desk(several_per_address=True, eligibility=eligibility))
    assert not desk.takes_several_per_address


def test_staff_register_a_second_person_with_the_same_address_knowingly(admin_client, admin_user, desk):
    register(desk, "sihteeri@example.fi", name="Aino")
    url = reverse("verkosto_registrations_admin:add", args=[desk.pk])
    form = {"name": "Bertta", "email": "sihteeri@example.fi", "language": "fi"}
    answer = admin_client.post(url, form)
    assert 'type="checkbox" name="shares_address"' in answer.content.decode()
    assert desk.registrations.count() == 1
    assert admin_client.post(url, {**form, "shares_address": "on"}).status_code == 302
    assert sorted(desk.registrations.values_list("name", "shares_address")) == [("Aino", False), ("Bertta", True)]


def test_address_is_shared_by_nobody_else(desk):
    register(desk, "a@example.fi")
    data = SignupData(name="Toinen", email="a@example.fi", language="fi", shares_address=True)
    with pytest.raises(AlreadyRegistered):
        sign_up(desk=desk, data=data)  # a visitor cannot override
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.create(desk=desk, name="X", email="A@example.fi", language="fi", status="waiting")


def test_move_shows_options_that_the_other_event_does_not_have(db):
    workshop = question("choice", "Työpaja", choices=["A", "B"])
    page = event_with_desk(questions=[workshop])
    only_b = {**workshop, "value": {**workshop["value"], "choices": workshop["value"]["choices"][1:]}}
    other = event_with_desk(title="Toinen", index=page.get_parent(), questions=[only_b])
    a = workshop["value"]["choices"][0]["id"]
    registration = register(desk_of(page), "a@example.fi", answers={workshop["id"]: a})
    moved = lifecycle.move(registration=registration, to=desk_of(other))
    (asked,) = moved.desk.questions.all()
    assert asked.display(moved.answers[workshop["id"]], "fi") == "A"
    publish(other)
    assert desk_of(other).questions.get().display(a, "fi") == "A"
    call_command("check_desks")
