"""The form as a visitor meets it."""

import re

import pytest
from django.core import mail, signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.factories import StandardPageFactory
from tests.factories.registrations import desk_of, event_with_desk, in_three_languages, publish, question, register
from tests.verkosto.registrations.test_concurrency import run_at_once
from verkosto.registrations import scheduled_work
from verkosto.registrations.forms.registration import SALT, SignUpForm
from verkosto.registrations.models import AnswerFile, Message, Registration, SensitiveAnswers
from verkosto.registrations.templatetags.registrations_tags import registration_form

pytestmark = pytest.mark.django_db


def address(desk, language="fi"):
    return f"/{language}/registrations/{desk.translation_key}/"


def fill(desk, **values):
    stamp = SignUpForm(desk=desk, questions=[]).stamp
    return {"name": "Aino", "email": "aino@example.fi", "rendered": stamp, **values}


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


def test_second_try_is_answered_like_the_first_and_told_to_the_owner(client, desk):
    first = client.post(address(desk), fill(desk))
    Registration.objects.update(created_at=timezone.now() - timezone.timedelta(minutes=1))
    second = client.post(address(desk), fill(desk, name="Joku muu"))
    assert first.status_code == second.status_code == 302
    one, two = (client.get(answer["Location"]).content for answer in (first, second))
    assert clean(one) == clean(two)
    assert list(Message.objects.order_by("pk").values_list("kind", flat=True)) == ["confirmed", "already_registered"]
    assert Registration.objects.get().name == "Aino"


def clean(html: bytes) -> str:
    """A page without its nonces and without the signed part of its own address."""
    return re.sub(r'nonce="[^"]*"|/received/[^"]*', "", html.decode())


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


def test_old_form_is_sent_again_with_a_fresh_stamp(client, desk):
    stamp = signing.TimestampSigner(salt=SALT)
    stamp.timestamp = lambda: "1abcde"
    answer = client.post(address(desk), fill(desk, rendered=stamp.sign(desk.translation_key.hex)))
    assert answer.status_code == 422
    assert 'value="Aino"' in answer.content.decode()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 302),
        ({"Sec-Fetch-Site": "same-origin"}, 302),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://testserver"}, 302),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
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


def test_every_type_of_question_is_asked_and_stored(client):
    choice = question("choice", "Työpaja", choices=["A", "B"], required=True)
    several = question("several_choices", "Aiheet", choices=["X", "Y"])
    a, x = choice["value"]["choices"][0]["id"], several["value"]["choices"][0]["id"]
    asked = {
        "text": question("text", "Titteli"),
        "long": question("long_text", "Terveiset"),
        "mail": question("email", "Toinen osoite"),
        "phone": question("phone", "Puhelin"),
        "number": question("number", "Luku", smallest=1, largest=9),
        "date": question("date", "Päivä"),
        "choice": choice,
        "several": several,
        "yes": question("yes_no", "Tuletko lounaalle?"),
        "org": question("organisation", "Organisaatio"),
        "file": question("file", "Liite", megabytes=1),
        "diet": question("dietary_needs", "Ruokavalio"),
        "heading": question("heading", "Muuta"),
    }
    desk = desk_of(event_with_desk(questions=list(asked.values())))
    ids = {name: block["id"] for name, block in asked.items()}
    given = {
        "text": "Johtaja",
        "long": "Hei\nvaan",
        "mail": "b@example.fi",
        "phone": "+358 295 00 1234",
        "number": "4",
        "date": "3.6.2026",
        "choice": a,
        "several": [x],
        "yes": "no",
        "org": "Kunta X",
        "file": SimpleUploadedFile("cv.pdf", b"%PDF-1.7 ..."),
        "diet": "Ei pähkinää",
    }
    answer = client.post(address(desk), fill(desk, **{f"q-{ids[name]}": value for name, value in given.items()}))
    assert answer.status_code == 302
    registration = Registration.objects.get()
    assert registration.answers == {
        ids["text"]: "Johtaja",
        ids["long"]: "Hei\nvaan",
        ids["mail"]: "b@example.fi",
        ids["phone"]: "+358 295 00 1234",
        ids["number"]: 4,
        ids["date"]: "2026-06-03",
        ids["choice"]: a,
        ids["several"]: [x],
        ids["yes"]: False,
        ids["org"]: {"key": "", "name": "Kunta X"},
        ids["file"]: {"name": "cv.pdf", "size": 12},
    }
    assert SensitiveAnswers.objects.get().answers == {ids["diet"]: "Ei pähkinää"}
    stored = AnswerFile.objects.get()
    assert (stored.content_type, stored.name) == ("application/pdf", "cv.pdf")
    assert "cv" not in stored.file.name


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.pdf", b"<!DOCTYPE html><script>alert(1)</script>"),
        ("picture.png", b"<html></html>"),
        ("image.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("run.pdf", b"MZ\x90\x00\x03"),
        ("big.pdf", b"%PDF-" + b"x" * 1_100_000),
    ],
)
def test_file_is_known_by_its_content(client, name, content):
    upload = question("file", "Liite", megabytes=1)
    desk = desk_of(event_with_desk(questions=[upload]))
    answer = client.post(address(desk), fill(desk, **{f"q-{upload['id']}": SimpleUploadedFile(name, content)}))
    assert answer.status_code == 422
    assert AnswerFile.objects.count() == 0


def test_unknown_choice_is_refused(client):
    choice = question("choice", "Työpaja", choices=["A"])
    desk = desk_of(event_with_desk(questions=[choice]))
    assert client.post(address(desk), fill(desk, **{f"q-{choice['id']}": "zzz"})).status_code == 422


def test_conditional_question_is_required_only_of_whom_it_is_asked(client):
    lunch = question("yes_no", "Tuletko lounaalle?", required=True)
    diet = question(
        "text", "Mitä syöt?", required=True, shown_if={"question": "Tuletko lounaalle?", "answers": "Kyllä"}
    )
    desk = desk_of(event_with_desk(questions=[lunch, diet]))
    stored = desk.questions.get(key=diet["id"])
    assert (stored.shown_if_key, stored.shown_if_values) == (lunch["id"], [True])
    lunch_name, diet_name = f"q-{lunch['id']}", f"q-{diet['id']}"
    assert client.post(address(desk), fill(desk, **{lunch_name: "yes"})).status_code == 422
    hidden = fill(desk, **{lunch_name: "no", diet_name: "Kalaa"})
    assert client.post(address(desk), hidden).status_code == 302
    assert Registration.objects.get().answers == {lunch["id"]: False}


def test_victims_mailbox_gets_three_mails_an_hour(client, django_capture_on_commit_callbacks, time_machine):
    index = None
    for number in range(5):
        page = event_with_desk(index=index, title=f"Tapahtuma {number}", confirm_email=True)
        index = page.get_parent()
        desk = desk_of(page)
        receipts = set()
        with django_capture_on_commit_callbacks(execute=True):
            for again in range(4):
                answer = client.post(
                    address(desk), fill(desk, email="victim@example.fi"), REMOTE_ADDR=f"192.0.2.{4 * number + again}"
                )
                assert answer.status_code == 302
                receipts.add(clean(client.get(answer["Location"]).content))
                Registration.objects.update(created_at=timezone.now() - timezone.timedelta(minutes=1))
        assert len(receipts) == 1
    assert len(mail.outbox) == 3
    assert Registration.objects.count() == 5
    # What tells of a registration waits its hour; it is not lost.
    assert set(Message.objects.filter(state="queued").values_list("kind", flat=True)) == {"confirm_address"}
    # Nor do they come all at once when the registrations lapse a day later, or wait until then.
    for hours in (23, 25, 26):
        before = len(mail.outbox)
        time_machine.move_to(Message.objects.earliest("pk").created_at + timezone.timedelta(hours=hours))
        with django_capture_on_commit_callbacks(execute=True):
            scheduled_work.run_scheduled_work()
        assert len(mail.outbox) - before <= 3


@pytest.mark.django_db(transaction=True)
def test_forms_sent_side_by_side_reach_a_mailbox_three_times_as_well():
    first = event_with_desk(title="Tapahtuma")
    others = [event_with_desk(index=first.get_parent(), title=f"Tapahtuma {number}") for number in range(7)]
    desks = [desk_of(page) for page in (first, *others)]
    answers = run_at_once([(address(desk), desk, "victim@example.fi") for desk in desks])
    assert {code for code, _location in answers} == {302}
    assert len(mail.outbox) <= 3
    assert Message.objects.filter(state="queued").count() == 8 - len(mail.outbox)


def test_places_left_are_a_short_cached_fragment(client, desk):
    register(desk, "a@example.fi")
    answer = client.get(f"{address(desk)}places/")
    assert answer["Cache-Control"] == "public, max-age=5"
    assert "1" in answer.content.decode()
    assert not answer.cookies


def test_form_takes_two_queries_however_long_it_is(event, django_assert_num_queries):
    index, asked = event.get_parent(), [question("choice", f"Q{n}", choices=["A", "B"]) for n in range(30)]
    few = event_with_desk(index=index, title="Lyhyt", questions=asked[:1])
    many = event_with_desk(index=index, title="Pitkä", questions=asked)
    for page in (few, many):
        # Two are ours, the one for the questions only until something changes; the other asks for the event's series.
        with django_assert_num_queries(3):
            context = registration_form({}, page)
            assert context["form"].rows
            assert context["form_context"].privacy_notice
        page = type(page).objects.get(pk=page.pk)
        with django_assert_num_queries(2):
            assert registration_form({}, page)["form"].rows


def test_form_stands_in_any_pages_body_in_the_readers_language(client, event, desk):
    versions = in_three_languages(event)
    home = event.get_parent().get_parent()
    for language, root in (("fi", home), ("sv", home.get_translation(versions["sv"].locale))):
        page = StandardPageFactory(parent=root, slug="muu", title="Muu sivu")
        page.body = [("registration_form", {"registrable": event})]
        html = client.get(publish(page).url).content.decode()
        assert f'action="{address(desk, language)}"' in html
        assert f'aria-label="{versions[language].title}"' in html


@pytest.mark.parametrize(
    ("mode", "says"), [("open", "<form"), ("full", "varasijajono on täynnä"), ("closed", "päättynyt")]
)
def test_editor_previews_the_form_of_a_draft_in_its_states(event, mode, says):
    event.questions = [question("text", "Uusi kysymys")]
    assert (f"registration_{mode}", "") in [(name, "") for name, _label in event.preview_modes]
    html = event.make_preview_request(preview_mode=f"registration_{mode}").render().content.decode()
    assert says in html
    assert ("Uusi kysymys" in html) == (mode == "open")
    assert not desk_of(event).questions.exists()


def test_last_place_sent_twice_is_answered_twice_alike(client):
    workshop = question("choice", "Työpaja", choices=[("A", 1)])
    desk = desk_of(event_with_desk(questions=[workshop], capacity=1, waiting_list=False))
    form = fill(desk, **{f"q-{workshop['id']}": workshop["value"]["choices"][0]["id"]})
    answers = [client.post(address(desk), form) for _n in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert len({client.get(answer["Location"]).status_code for answer in answers}) == 1
    assert client.post(address(desk), {**form, "email": "b@example.fi"}).status_code == 409
