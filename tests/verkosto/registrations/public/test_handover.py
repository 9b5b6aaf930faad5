"""The pages on which a place is given to a colleague, and those on which the colleague takes it over."""

import pytest

from tests.factories.registrations import desk_of, event_with_desk, publish, question, register
from tests.verkosto.registrations.manage_pages import address, open_link, soup
from verkosto.registrations.models import HandoverRequest, Message, Registration
from verkosto.registrations.tokens import issue_token

pytestmark = pytest.mark.django_db
COLLEAGUE = {"name": "Bo Berg", "email": "bo@example.fi"}


def main_text(answer):
    return soup(answer).select_one("main").get_text(" ", strip=True)


def links(answer):
    return [link["href"] for link in soup(answer).select("main a")]


def test_who_gives_the_place_away_is_signed_out_and_their_links_are_dead(client, desk):
    registration = register(desk, "aino@example.fi")
    link = f"/fi/registrations/open/{issue_token(registration=registration)}/"
    client.get(link)
    assert address(registration, "hand-over/") in links(client.get(address(registration)))
    assert client.get(address(registration, "hand-over/")).status_code == 200
    answer = client.post(address(registration, "hand-over/"), COLLEAGUE)
    assert answer.status_code == 200
    assert soup(answer).h1.get_text() == "Paikkasi on annettu kollegalle"
    assert [client.get(url).status_code for url in (address(registration), link)] == [404, 404]
    successor = Registration.objects.get(email="bo@example.fi")
    assert (successor.name, successor.status, successor.language) == ("Bo Berg", "confirmed", "fi")
    open_link(client, registration)
    text = main_text(client.get(address(registration)))
    assert "Olet antanut paikkasi kollegalle." in text
    assert "Bo Berg" not in text


def test_a_registered_colleague_is_an_error_that_loses_nothing(client, desk):
    registration = register(desk, "aino@example.fi")
    register(desk, "bo@example.fi")
    open_link(client, registration)
    answer = client.post(address(registration, "hand-over/"), COLLEAGUE)
    assert answer.status_code == 422
    page = soup(answer)
    assert [link["href"] for link in page.select(".ds-error-summary a")] == ["#id_email"]
    assert {field["name"]: field.get("value") for field in page.select("main form.form input")} == COLLEAGUE
    registration.refresh_from_db()
    assert registration.status == "confirmed"


def test_nobody_tries_out_who_is_registered(client, desk, settings):
    settings.REGISTRATION_LIMITS = {"hand_over": "2/day"}
    registration = register(desk, "aino@example.fi")
    register(desk, "bo@example.fi")
    open_link(client, registration)
    answers = [client.post(address(registration, "hand-over/"), COLLEAGUE) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [422, 422, 429]
    assert soup(answers[2]).h1.get_text() == "Liian monta yritystä"
    free = client.post(address(registration, "hand-over/"), {**COLLEAGUE, "email": "free@example.fi"})
    assert (free.status_code, Registration.objects.filter(email="free@example.fi").exists()) == (429, False)


def test_empty_fields_and_web_addresses_are_errors(client, desk):
    registration = register(desk, "aino@example.fi")
    open_link(client, registration)
    for sent, wrong in (({}, ["#id_name", "#id_email"]), ({**COLLEAGUE, "name": "www.pahis.example"}, ["#id_name"])):
        answer = client.post(address(registration, "hand-over/"), sent)
        assert answer.status_code == 422
        assert [link["href"] for link in soup(answer).select(".ds-error-summary a")] == wrong


def test_where_it_is_not_allowed_the_page_offers_nothing(client, event):
    event.handover = "no"
    registration = register(desk_of(publish(event)), "aino@example.fi")
    open_link(client, registration)
    assert address(registration, "hand-over/") not in links(client.get(address(registration)))
    for send in (client.get, client.post):
        assert send(address(registration, "hand-over/")).status_code == 409


def test_with_consent_the_wish_is_shown_until_it_is_withdrawn(client, event):
    event.handover = "with_consent"
    registration = register(desk_of(publish(event)), "aino@example.fi")
    open_link(client, registration)
    answer = client.post(address(registration, "hand-over/"), COLLEAGUE)
    assert (answer.status_code, answer["Location"]) == (302, address(registration))
    page = client.get(address(registration))
    assert "Bo Berg (bo@example.fi)" in main_text(page)
    assert address(registration, "hand-over/") not in links(page)
    answer = client.post(address(registration, "hand-over/withdraw/"))
    assert (answer.status_code, HandoverRequest.objects.count()) == (302, 0)
    assert "Bo Berg" not in main_text(client.get(address(registration)))
    assert not Message.objects.filter(recipient="bo@example.fi").exists()


def test_get_changes_nothing_and_another_site_may_not_post(client, desk):
    registration = register(desk, "aino@example.fi")
    open_link(client, registration)
    for page in ("hand-over/", "hand-over/withdraw/"):
        client.get(address(registration, page))
        client.head(address(registration, page))
        foreign = client.post(address(registration, page), COLLEAGUE, headers={"Sec-Fetch-Site": "cross-site"})
        assert foreign.status_code == 403
    registration.refresh_from_db()
    assert (registration.status, Registration.objects.count()) == ("confirmed", 1)


def test_the_colleague_sees_nothing_of_the_former_and_gives_answers_of_their_own(client):
    team, diet = question("text", "Tiimi", required=True), question("access_needs", "Tarpeet")
    page = event_with_desk(questions=[team, diet], eligibility="declared", audience_declaration="Olen esihenkilö.")
    desk = desk_of(page)
    former = register(
        desk,
        "aino@example.fi",
        answers={team["id"]: "Salainen tiimi"},
        sensitive={diet["id"]: "Pyörätuoli"},
        declared=True,
    )
    former.notes.create(text="Ei saa näkyä")
    open_link(client, former)
    client.post(address(former, "hand-over/"), COLLEAGUE)
    successor = Registration.objects.get(email="bo@example.fi")
    open_link(client, successor)
    overview, data = client.get(address(successor)), client.get(address(successor, "data/"))
    for answer in (overview, data):
        shown = answer.content.decode()
        assert [word for word in ("Salainen", "Pyörätuoli", "näkyä", "aino@example.fi") if word in shown] == []
    assert address(successor, "change/") in links(overview)

    form = client.get(address(successor, "change/"))
    assert soup(form).select("main .form__privacy")
    answer = client.post(address(successor, "change/"), {"name": "Bo Berg"})
    assert answer.status_code == 422
    assert [link["href"] for link in soup(answer).select(".ds-error-summary a")] == [
        "#id_declared",
        f"#id_q-{team['id']}",
    ]
    answer = client.post(
        address(successor, "change/"), {"name": "Bo K. Berg", "declared": "on", f"q-{team['id']}": "Oma tiimi"}
    )
    assert (answer.status_code, answer["Location"]) == (302, address(successor))
    successor.refresh_from_db()
    assert (successor.name, successor.answers) == ("Bo K. Berg", {team["id"]: "Oma tiimi"})
    assert (successor.agreed["declaration"], successor.agreed["title"]) == (
        "Olen esihenkilö.",
        page.privacy_notice.title,
    )
    assert not successor.awaits_details
    assert not soup(client.get(address(successor, "change/"))).select("main .form__privacy")
