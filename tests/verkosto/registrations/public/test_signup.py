"""The form that a visitor sends, and its answers."""

import re

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.factories.registrations import desk_of, event_with_desk, in_three_languages, publish, question, register
from tests.verkosto.registrations.form_posts import address, clean, fill
from verkosto.registrations.forms.signup import STAMP_SALT
from verkosto.registrations.models import Message, Registration
from verkosto.registrations.privacy.erasure import erase_address
from verkosto.registrations.privacy.notice_snapshots import snapshot_text

pytestmark = pytest.mark.django_db


def test_public_page_has_the_form_and_no_cookie(client, event, desk):
    answer = client.get(event.url)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert f'action="{address(desk)}"' in html
    assert "csrf" not in html
    assert not answer.cookies
    assert "Set-Cookie" not in answer.headers


def test_good_form_redirects_to_a_receipt_without_personal_data(client, desk):
    answer = client.post(address(desk), fill(desk))
    assert answer.status_code == 302
    receipt = client.get(answer["Location"])
    assert receipt.status_code == 200
    assert "no-store" in receipt["Cache-Control"]
    assert "aino" not in answer["Location"].lower() + receipt.content.decode().lower().replace("vaino", "")
    assert Registration.objects.get().email == "aino@example.fi"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"attendance": "on_site"}, ["Saat sähköpostiviestin, jossa on viitteesi", "koodi, joka luetaan", "Lisää"]),
        ({"needs_approval": True}, ["Kun järjestäjä on tehnyt päätöksen"]),
        ({"capacity": 0}, ["Jos paikka vapautuu, saat siitä"]),
        ({"confirm_email": True}, ["Ilmoittautuminen on voimassa vasta sen jälkeen."]),
    ],
)
def test_receipt_says_what_happens_next(client, facts, expected):
    desk = desk_of(event_with_desk(**facts))
    html = client.post(address(desk), fill(desk), follow=True).content.decode()
    assert [text for text in expected if text not in html] == []


@pytest.mark.parametrize(
    ("language", "errors"),
    [
        ("fi", ["Anna nimesi.", "Anna sähköpostiosoitteesi.", "Ruoka: Valitse vaihtoehto."]),
        ("sv", ["Ange ditt namn.", "Ange din e-postadress.", "Ruoka: Välj ett alternativ."]),
        ("en", ["Enter your name.", "Enter your email address.", "Ruoka: Choose an option."]),
    ],
)
def test_errors_say_what_to_do_and_the_page_keeps_the_facts(client, language, errors):
    event = event_with_desk(questions=[question("choice", "Ruoka", choices=["Liha"], required=True)])
    in_three_languages(event)
    desk = desk_of(event)
    answer = client.post(address(desk, language), fill(desk, name="", email=""))
    assert [problem["text"] for problem in answer.context["form"].problems] == errors
    assert "2126" in answer.content.decode().partition('<form class="form"')[0]


def test_second_try_is_answered_like_the_first_and_told_to_the_owner(client, desk):
    first = client.post(address(desk), fill(desk))
    Registration.objects.update(created_at=timezone.now() - timezone.timedelta(minutes=1))
    second = client.post(address(desk), fill(desk, name="Joku muu"))
    assert first.status_code == second.status_code == 302
    one, two = (client.get(answer["Location"]).content for answer in (first, second))
    assert clean(one) == clean(two)
    assert list(Message.objects.order_by("pk").values_list("kind", flat=True)) == ["confirmed", "already_registered"]
    assert Registration.objects.get().name == "Aino"


@pytest.mark.parametrize(("language", "prefix"), [("fi", "Virhe"), ("sv", "Fel"), ("en", "Error")])
def test_empty_form_comes_back_with_its_problems(client, event, desk, language, prefix):
    in_three_languages(event)
    answer = client.post(address(desk, language), {"rendered": ""})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(rf"<title>\s*{prefix}: ", html)
    assert 'href="#id_name"' in html
    assert 'href="#id_email"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_email_help id_email_error"' in html


def test_what_was_typed_is_kept(client, desk):
    html = client.post(address(desk), fill(desk, email="ei-osoite", name="Aino Äijä")).content.decode()
    assert 'value="Aino Äijä"' in html
    assert 'value="ei-osoite"' in html


@pytest.mark.parametrize(
    "bad",
    [
        {"name": "a\x00b"},
        {"name": "x" * 10_000},
        {"email": "x" * 10_000},
        {"email": "a@example.fi\nBcc: b@example.fi"},
        {"rendered": "nonsense"},
        {"rendered": ""},
        {"website": "http://spam.example"},
        {"name": ""},
        {"email": ["a@example.fi", ""]},
    ],
)
def test_bad_input_gets_the_form_again(client, desk, bad):
    assert client.post(address(desk), fill(desk, **bad)).status_code == 422
    assert Registration.objects.count() == 0


def test_form_that_was_read_for_more_than_a_day_is_accepted_at_once(client, desk):
    stamp = signing.TimestampSigner(salt=STAMP_SALT)
    stamp.timestamp = lambda: "1abcde"
    answer = client.post(address(desk), fill(desk, rendered=stamp.sign(desk.translation_key.hex)))
    assert answer.status_code == 302
    assert Registration.objects.get().name == "Aino"


def test_form_that_was_read_with_another_privacy_notice_is_shown_again_once(client, desk):
    """What a person agreed to is what they were shown: the only reason to ask twice."""
    shown = client.get(address(desk)).context["form"].stamp
    desk.privacy_notice.purpose = "Muu tarkoitus"
    desk.privacy_notice.save()
    answer = client.post(address(desk), fill(desk, rendered=shown))
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        "Tietosuojaseloste on muuttunut lomakkeen avaamisen jälkeen. Lue se ja lähetä lomake uudelleen."
    ]
    assert 'value="Aino"' in answer.content.decode()
    again = answer.context["form"].stamp
    assert client.post(address(desk), fill(desk, rendered=again)).status_code == 302
    assert snapshot_text(Registration.objects.get().agreed)["purpose"] == "Muu tarkoitus"


def test_refused_form_says_at_the_field_which_file_was_not_kept(client):
    upload, workshop = question("file", "Liite"), question("choice", "Työpaja", choices=[("A", 1)])
    desk, name = desk_of(event_with_desk(questions=[upload, workshop])), f"q-{upload['id']}"

    def sent(**values):
        answer = client.post(address(desk), fill(desk, **{name: SimpleUploadedFile("a.pdf", b"%PDF-1.7"), **values}))
        assert answer.status_code == 422
        return answer

    lost = ["Valitse tiedosto uudelleen: a.pdf ei säilynyt."]
    answer = sent(name="")
    assert answer.context["form"].errors[name] == lost
    assert f'<p id="id_{name}_error" class="ds-validation-message" data-color="danger">{lost[0]} </p>' in (
        answer.content.decode()
    )
    assert {"id": f"id_{name}", "text": f"Liite: {lost[0]}"} in answer.context["form"].problems
    # Also when the form was good and only the last place was taken meanwhile.
    a = workshop["value"]["choices"][0]["id"]
    register(desk, "first@example.fi", answers={workshop["id"]: a})
    assert sent(**{f"q-{workshop['id']}": a}).context["form"].errors[name] == lost


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 302),
        ({"Sec-Fetch-Site": "same-origin"}, 302),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://testserver"}, 302),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Referer": "http://testserver/fi/"}, 302),
        ({"Referer": "https://evil.example/testserver"}, 403),
        ({"Origin": "http://testserver", "Referer": "https://evil.example/"}, 302),
    ],
)
def test_form_is_accepted_from_our_own_pages_only(client, desk, headers, status):
    assert client.post(address(desk), fill(desk), headers=headers).status_code == status


def test_closed_full_and_future_desks_say_so(client, event):
    event.registration_opens_at = timezone.now() + timezone.timedelta(days=2)
    desk = desk_of(publish(event))
    assert client.post(address(desk), fill(desk)).status_code == 409
    event.registration_opens_at = None
    event.registration_closes_at = timezone.now() - timezone.timedelta(days=2)
    desk = desk_of(publish(event))
    assert client.post(address(desk), fill(desk)).status_code == 409
    event.registration_closes_at, event.waiting_list, event.capacity = None, False, 1
    desk = desk_of(publish(event))
    register(desk, "a@example.fi")
    answer = client.post(address(desk), fill(desk))
    assert answer.status_code == 409
    assert '<form class="form"' not in answer.content.decode()


def test_last_place_sent_twice_is_answered_twice_alike(client):
    workshop = question("choice", "Työpaja", choices=[("A", 1)])
    desk = desk_of(event_with_desk(questions=[workshop], capacity=1, waiting_list=False))
    form = fill(desk, **{f"q-{workshop['id']}": workshop["value"]["choices"][0]["id"]})
    answers = [client.post(address(desk), form) for _n in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert len({client.get(answer["Location"]).status_code for answer in answers}) == 1
    assert client.post(address(desk), {**form, "email": "b@example.fi"}).status_code == 409
    assert Registration.objects.get().email == form["email"]


def test_an_address_with_invisible_characters_is_one_registration_that_erasure_finds(client, desk):
    """Six registrations of one person, of which erasure found one."""
    address_typed = "matti@käse.fi"
    variants = [
        address_typed,
        *(f"mat{character}ti@käse.fi{character}" for character in "\u200b\u2060\u200e\u202c\u00ad\ufeff"),
        "MATTI@KÄSE.FI",
        "matti@ka\u0308se.fi",
        "matti@xn--kse-qla.fi",
    ]
    for variant in variants:
        assert client.post(address(desk), fill(desk, email=variant)).status_code == 302
    assert list(Registration.objects.values_list("email", flat=True)) == ["matti@xn--kse-qla.fi"]
    assert erase_address(email=variants[3]) == 1
    assert not Registration.objects.filter(purged_at=None).exists()
    for other in ("a@straße.de", "a@strasse.de"):
        client.post(address(desk), fill(desk, email=other))
    assert Registration.objects.filter(purged_at=None).count() == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        *(({"name": character}, "name") for character in "\u200b\u2063\u3164\u00ad\u200e\u2800\u115f"),
        ({"name": "Click http://evil.example/win now"}, "name"),
        ({"guest-1-name": "\u3164", "places": "2"}, "guest-1-name"),
        ({"guest-1-name": "www.evil.example", "places": "2"}, "guest-1-name"),
        ({"email": "päivi@example.fi"}, "email"),
        ({"email": f"a@{'ä' * 64}.fi"}, "email"),
    ],
)
def test_text_that_is_no_name_or_address_is_refused_at_its_field(client, event, values, field):
    event.places_per_registration = 2
    desk = desk_of(publish(event))
    response = client.post(address(desk), fill(desk, **{"places": "1", **values}))
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])


def test_names_are_stored_clean(client, event):
    event.capacity = event.places_per_registration = 3
    desk = desk_of(publish(event))
    guests = {"guest-1-name": "محمد \u200f", "guest-2-name": "𠮷野\u200b"}
    answer = client.post(address(desk), fill(desk, name="  Ra\u0308sa\u0308nen\u202e  Aino", places="3", **guests))
    assert answer.status_code == 302
    stored = Registration.objects.get()
    assert (stored.name, [guest.name for guest in stored.guests.all()]) == ("Räsänen Aino", ["محمد", "𠮷野"])


def test_owner_is_told_when_somebody_else_sends_the_form_of_the_same_moment(client, desk):
    """Of a page in a cache many people have the same stamp: only all that was typed says that a form was sent twice."""
    form = fill(desk, email="aino@example.fi")
    for name in (form["name"], form["name"], "Joku Muu"):
        assert client.post(address(desk), {**form, "name": name}).status_code == 302
    assert "already_registered" in Message.objects.values_list("kind", flat=True)
    assert list(desk.registrations.values_list("name", flat=True)) == [form["name"]]
