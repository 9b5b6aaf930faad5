"""Several registrations open in one browser, and what happens when a manage session has ended."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.browsing import Visit
from tests.factories.registrations import desk_of, event_with_desk, in_three_languages, publish, question, register
from tests.verkosto.registrations.manage_pages import address, heading, open_link, soup, stored
from verkosto.registrations.domain import lifecycle
from verkosto.registrations.models import Registration, StatusChange
from verkosto.registrations.privacy import data_export
from verkosto.registrations.tokens import issue_token

pytestmark = pytest.mark.django_db
STEPS = ["cancel", "erase", "change", "confirm", "offer", "rejoin"]
REGISTRATION_CLOSED = {
    "fi": "Ilmoittautumista ei voitu avata",
    "sv": "Anmälan kunde inte öppnas",
    "en": "The registration could not be opened",
}


def two_registrations(step):
    """Two registrations at different events with which a step can be taken."""
    facts = {"offer": {"capacity": 1, "promotion": "offer"}, "confirm": {"confirm_email": True}}.get(step, {})
    first = event_with_desk(title="Aamukahvi", **facts)
    second = event_with_desk(title="Iltatee", index=first.get_parent(), **facts)
    made = []
    for page, name in ((first, "Aino"), (second, "Bertta")):
        desk = desk_of(page)
        if step == "offer":
            holder = register(desk, "holder@example.fi")
        registration = register(desk, f"{name}@example.fi".lower(), name=name)
        if step == "offer":
            lifecycle.cancel(registration=holder)
        if step == "rejoin":
            lifecycle.cancel(registration=registration)
        made.append(Registration.objects.get(pk=registration.pk))
    return made


def expected_after(step, registration):
    """The status, name and e-mail address of a registration after a step."""
    name, email = registration.name, registration.email
    return {
        "cancel": ("cancelled", name, email),
        "erase": ("cancelled", "", ""),
        "change": ("confirmed", "Uusi Nimi", email),
        "confirm": ("confirmed", name, email),
        "offer": ("confirmed", name, email),
        "rejoin": ("confirmed", name, email),
    }[step]


@pytest.mark.parametrize("step", STEPS)
def test_step_is_taken_with_the_registration_whose_page_it_was_sent_from(client, step):
    one, other = two_registrations(step)
    open_link(client, one)
    # The button of the first tab's page, pressed after the second tab has opened another registration.
    page = client.get(address(one, f"{step}/" if step in ("cancel", "erase", "change") else ""))
    (target,) = {form.get("action", address(one, f"{step}/")) for form in soup(page).select("main form")} - {
        address(one, "leave/")
    }
    open_link(client, other)
    untouched = stored(other)
    answer = client.post(target, {"name": "Uusi Nimi"} if step == "change" else {})
    if step == "erase":
        assert answer.status_code == 200
    else:
        assert (answer.status_code, answer["Location"]) == (302, address(one))
    after = Registration.objects.get(pk=one.pk)
    assert (after.status, after.name, after.email) == expected_after(step, one)
    assert stored(other) == untouched
    # The other is still open, and the same step is possible there.
    assert other.name in client.get(address(other)).content.decode()
    client.post(address(other, f"{step}/"), {"name": "Uusi Nimi"} if step == "change" else {})
    after = Registration.objects.get(pk=other.pk)
    assert (after.status, after.name, after.email) == expected_after(step, other)


def test_each_page_shows_its_own_registration(client):
    asked = question("file", "Liite")
    first = event_with_desk(title="Aamukahvi", questions=[asked])
    second = event_with_desk(title="Iltatee", questions=[asked], index=first.get_parent())
    made = []
    for page, name in ((first, "Aino"), (second, "Bertta")):
        registration = register(desk_of(page), f"{name}@example.fi", name=name, answers={asked["id"]: {"name": name}})
        upload = SimpleUploadedFile(f"{name}.pdf", f"%PDF-1.7 {name}".encode())
        registration.files.create(
            question_key=asked["id"], file=upload, name=upload.name, content_type="application/pdf", size=upload.size
        )
        made.append((registration, page.title, name))
        open_link(client, registration)
    for registration, title, name in made:
        answer = client.get(address(registration, f"file/{asked['id']}/"))
        assert b"".join(answer.streaming_content) == f"%PDF-1.7 {name}".encode()
        assert client.get(address(registration, "data/")).json() == json.loads(
            json.dumps(data_export.data_of(registration))
        )
        assert f"SUMMARY:{title}" in client.get(address(registration, "calendar/")).content.decode()


@pytest.mark.parametrize("page", ["", "change/", "cancel/", "erase/"])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_page_names_its_event_and_person_in_every_language(client, event, page, language):
    titles = {code: version.title for code, version in in_three_languages(event).items()}
    registration = register(desk_of(event), "aino@example.fi", name="Aino Virtanen")
    open_link(client, registration)
    answer = client.get(address(registration, page, language))
    assert answer.status_code == 200
    shown = soup(answer)
    facts = {row.dt.get_text(): row.dd.get_text() for row in shown.select("main dl.fact-list > div")}
    assert {titles[language], "Aino Virtanen", registration.reference} <= set(facts.values())
    assert f": {titles[language]} – " in shown.title.get_text()


def test_refused_step_names_its_event_and_person(client, event, desk):
    registration = register(desk, "aino@example.fi", name="Aino Virtanen")
    open_link(client, registration)
    event.changes_close_at = "2020-01-01T00:00Z"
    publish(event)
    for answer in (
        client.get(address(registration, "change/")),
        client.post(address(registration, "cancel/")),
        client.post(address(registration, "confirm/")),
        client.post(address(registration, "offer/")),
    ):
        assert answer.status_code == 409
        facts = [row.get_text() for row in soup(answer).select("main dl.fact-list dd")]
        assert {event.title, "Aino Virtanen", registration.reference} <= set(facts)


def test_erased_registration_is_named_by_its_event_alone(client, event, desk):
    registration = register(desk, "aino@example.fi", name="Aino Virtanen")
    open_link(client, registration)
    html = client.post(address(registration, "erase/")).content.decode()
    assert event.title in html
    assert "Virtanen" not in html


def test_leaving_closes_the_named_registration_alone(client):
    one, other = two_registrations("cancel")
    for registration in (one, other):
        open_link(client, registration)
    assert client.post(address(one, "leave/")).status_code == 302
    assert client.get(address(one)).status_code == 404
    assert other.reference in client.get(address(other)).content.decode()


def test_copied_cookies_open_nothing_after_leaving(client, desk):
    """Security finding P: a copy of the session's cookies worked for an hour after “leave”."""
    registration = register(desk, "aino@example.fi")
    open_link(client, registration)
    thief = Client()
    thief.cookies.update(client.cookies)
    assert thief.get(address(registration)).status_code == 200
    client.post(address(registration, "leave/"))
    assert thief.get(address(registration)).status_code == 404
    assert thief.post(address(registration, "cancel/")).status_code == 404
    assert Registration.objects.get().status == "confirmed"
    open_link(client, registration)  # the link itself still opens it
    assert client.get(address(registration)).status_code == 200


def test_a_file_that_does_not_exist_answers_as_an_unknown_link(client, desk):
    """Security finding P: this 404 had no ``no-store``."""
    registration = register(desk, "aino@example.fi")
    open_link(client, registration)
    for path in ("file/unknown/", "file/x/"):
        answer = client.get(address(registration, path))
        assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store, private")
        assert (answer["X-Robots-Tag"], answer["Referrer-Policy"]) == ("noindex, nofollow", "same-origin")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("step", STEPS)
def test_registration_that_is_not_open_here_is_left_alone(client, step, language):
    one, other = two_registrations(step)
    open_link(client, other)
    before = stored(one, other), StatusChange.objects.count()
    answer = client.post(address(one, f"{step}/", language), {"name": "Uusi Nimi"} if step == "change" else {})
    assert (answer.status_code, heading(answer)) == (404, REGISTRATION_CLOSED[language])
    assert one.name not in answer.content.decode()
    assert (stored(one, other), StatusChange.objects.count()) == before


def test_session_of_one_registration_opens_no_other(client):
    one, other = two_registrations("cancel")
    open_link(client, one)
    for code in ("fi", "sv", "en"):
        client.cookies[f"registration-{other.reference}-{code}"] = client.cookies[
            f"registration-{one.reference}-{code}"
        ].value
    assert [client.get(address(each)).status_code for each in (one, other)] == [200, 404]
    client.post(address(other, "cancel/"))
    assert Registration.objects.get(pk=other.pk).status == "confirmed"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_two_tabs_of_one_browser_and_another_language(visit: Visit) -> None:
    one, other = two_registrations("cancel")
    links = [f"/fi/registrations/open/{issue_token(registration=each)}/" for each in (one, other)]
    first = visit(links[0], scripts=False)
    assert first.url == visit.site + address(one)
    first.locator("main a[href$='/cancel/']").click()
    second = first.context.new_page()
    second.goto(visit.site + links[1])
    assert second.url == visit.site + address(other)
    # Each session goes to its own registration's pages alone, whichever language they are read in.
    for cookie in first.context.cookies(visit.site + event_page_path(other)):
        assert not cookie["name"].startswith("registration")
    second.goto(visit.site + address(other, language="sv"))
    assert "Bertta" in second.locator("main").inner_text()
    first.locator("main form button").first.click()
    assert first.url == visit.site + address(one)
    assert [Registration.objects.get(pk=each.pk).status for each in (one, other)] == ["cancelled", "confirmed"]


def event_page_path(registration):
    return registration.desk.url("fi")
