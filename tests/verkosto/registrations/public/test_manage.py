"""The pages behind a personal link."""

import re

import pytest
from bs4 import BeautifulSoup

from tests.factories.registrations import desk_of, event_with_desk, publish, question, register
from verkosto.registrations.domain import lifecycle
from verkosto.registrations.models import AccessToken, Message, Registration, Tombstone
from verkosto.registrations.tokens import digest, issue_token

pytestmark = pytest.mark.django_db
PAGES = ["", "change/", "cancel/", "calendar/", "data/", "erase/", "file/x/"]


@pytest.fixture
def registration(desk):
    return register(desk, "aino@example.fi")


def address(registration, page=""):
    return f"/fi/registrations/manage/{registration.reference}/{page}"


@pytest.fixture
def entered(client, registration):
    answer = client.get(f"/fi/registrations/open/{issue_token(registration=registration)}/")
    assert answer["Location"] == address(registration)
    return client


def test_personal_pages_are_kept_out_of_caches_and_logs(entered, registration):
    answer = entered.get(address(registration))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert "aino@example.fi" in answer.content.decode()


@pytest.mark.parametrize(
    ("attendance", "cancels", "expected"), [("on_site", False, 1), ("on_site", True, 0), ("online", False, 0)]
)
def test_page_shows_the_check_in_code_of_a_place_on_site(client, attendance, cancels, expected):
    registration = register(desk_of(event_with_desk(attendance=attendance)), "aino@example.fi")
    if cancels:
        lifecycle.cancel(registration=registration)
    client.get(f"/fi/registrations/open/{issue_token(registration=registration)}/")
    (ticket,) = BeautifulSoup(client.get(address(registration)).content, "html.parser").select("section.ticket")
    assert registration.reference in ticket.get_text()
    assert len(ticket.select("[role=img] svg")) == expected


def test_unknown_altered_and_expired_links_get_the_same_answer(client, registration):
    token = issue_token(registration=registration)
    expired = issue_token(registration=registration)
    AccessToken.objects.filter(digest=digest(expired)).update(expires_at="2020-01-01T00:00Z")
    answers = [client.get(f"/fi/registrations/open/{t}/") for t in ("unknown", token[:-1] + "!", expired)]
    posted = [*PAGES, "confirm/", "offer/", "rejoin/"]
    unknown = Registration(reference="UNKNOWN234")
    for named in (registration, unknown):
        answers += [client.get(address(named, page)) for page in PAGES]
        answers += [client.post(address(named, page)) for page in posted]
    answers += [client.get("/fi/registrations/manage/"), client.post("/fi/registrations/manage/")]
    client.cookies[f"registration-{registration.reference}-fi"] = "1:forged:cookie"
    answers += [client.post(address(registration, page)) for page in posted]
    assert {answer.status_code for answer in answers} == {404}
    bodies = {re.sub(r'nonce="[^"]*"', "", answer.content.decode()) for answer in answers}
    assert len(bodies) == 1


@pytest.mark.parametrize("page", PAGES)
def test_get_and_head_change_nothing(entered, registration, page):
    before = Registration.objects.values().get(), registration.changes.count(), Message.objects.count()
    for _n in range(5):
        entered.get(address(registration, page))
        entered.head(address(registration, page))
    assert (Registration.objects.values().get(), registration.changes.count(), Message.objects.count()) == before


def test_cancel_and_register_again(entered, registration):
    assert entered.post(address(registration, "cancel/")).status_code == 302
    registration.refresh_from_db()
    assert registration.status == "cancelled"
    assert entered.post(address(registration, "cancel/")).status_code == 302
    assert entered.post(address(registration, "rejoin/")).status_code == 302
    registration.refresh_from_db()
    assert registration.status == "confirmed"


def test_cancel_from_another_site_is_refused(entered, registration):
    answer = entered.post(address(registration, "cancel/"), headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    registration.refresh_from_db()
    assert registration.status == "confirmed"


def test_change_keeps_answers_to_retired_questions(client):
    old, new = question("text", "Vanha"), question("text", "Uusi")
    page = event_with_desk(questions=[old])
    registration = register(desk_of(page), "a@example.fi", answers={old["id"]: "vastaus"})
    page.questions = [new]
    publish(page)
    client.get(f"/fi/registrations/open/{issue_token(registration=registration)}/")
    answer = client.post(address(registration, "change/"), {"name": "Aino B", f"q-{new['id']}": "toinen"})
    assert answer.status_code == 302
    registration.refresh_from_db()
    assert registration.name == "Aino B"
    assert registration.answers == {old["id"]: "vastaus", new["id"]: "toinen"}
    assert "Vanha" in client.get(address(registration)).content.decode()


def test_changes_close_when_the_editor_says(event, entered, registration):
    event.changes_close_at = "2020-01-01T00:00Z"
    publish(event)
    assert entered.get(address(registration, "change/")).status_code == 409
    assert entered.post(address(registration, "cancel/")).status_code == 409
    assert Registration.objects.get().status == "confirmed"


def test_confirm_by_a_button_and_not_by_the_link(client, event):
    event.confirm_email = True
    registration = register(desk_of(publish(event)), "a@example.fi")
    client.get(f"/fi/registrations/open/{issue_token(registration=registration)}/")
    client.get(address(registration))
    registration.refresh_from_db()
    assert registration.status == "awaiting_confirmation"
    client.post(address(registration, "confirm/"))
    registration.refresh_from_db()
    assert registration.status == "confirmed"


def test_erase_leaves_a_tombstone_and_no_person(entered, registration):
    assert entered.post(address(registration, "erase/")).status_code == 200
    registration.refresh_from_db()
    assert (registration.name, registration.email, registration.answers) == ("", "", {})
    assert registration.status == "cancelled"
    assert not Message.objects.filter(recipient__icontains="aino").exists()
    assert Tombstone.objects.get().reference == registration.reference
    assert entered.get(address(registration)).status_code == 404


def test_joining_instructions_only_for_who_has_a_place_and_in_time(client, event, registration):
    event.attendance, event.joining_url = "online", "https://meet.example.fi/abc"
    publish(event)
    client.get(f"/fi/registrations/open/{issue_token(registration=registration)}/")
    assert "meet.example.fi" in client.get(address(registration)).content.decode()
    event.joining_visible_from = "2126-09-16T09:00Z"
    publish(event)
    assert "meet.example.fi" not in client.get(address(registration)).content.decode()
    lifecycle.cancel(registration=registration)
    assert "meet.example.fi" not in client.get(address(registration)).content.decode()
