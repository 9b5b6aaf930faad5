"""When a manage session ends, how that is said before, and what becomes of what was typed (WCAG 2.2 SC 2.2.1)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.browsing import Visit
from tests.factories.registrations import desk_of, event_with_desk, question, register
from tests.verkosto.registrations.manage_pages import address, kept_form, open_link, soup, stored
from verkosto.registrations.models import Registration
from verkosto.registrations.tokens import issue_token

pytestmark = pytest.mark.django_db


def test_session_is_extended_by_use_and_ends_an_hour_after_it(client, desk, time_machine):
    registration = register(desk, "aino@example.fi")
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    open_link(client, registration)
    found = []
    for minutes in (50, 100, 159, 220):
        time_machine.move_to(start + timedelta(minutes=minutes), tick=False)
        found.append(client.get(address(registration)).status_code)
    assert found == [200, 200, 200, 404]


@pytest.mark.parametrize("page", ["", "change/", "cancel/", "erase/"])
def test_pages_tell_when_the_session_ends(client, desk, page):
    registration = register(desk, "aino@example.fi")
    open_link(client, registration)
    shown = soup(client.get(address(registration, page)))
    assert "pysyvät auki tässä selaimessa tunnin viimeisestä käytöstä" in shown.main.get_text()
    (box,) = shown.select("[data-session]")
    assert (box["data-session"], box["data-extend"]) == ("3600", address(registration))
    assert [part.has_attr("hidden") for part in box.find_all(recursive=False)] == [True, True, True]


def test_changes_typed_after_the_session_ended_are_kept_and_saved(client, time_machine):
    text, several = question("long_text", "Terveisiä"), question("several_choices", "Mitä?", choices=["A", "B", "C"])
    page = event_with_desk(questions=[text, several], places_per_registration=3)
    registration = register(desk_of(page), "aino@example.fi")
    keys = [choice.key for choice in desk_of(page).questions.get(key=several["id"]).choices]
    open_link(client, registration)
    before = stored(registration)
    time_machine.move_to(timezone.now() + timedelta(hours=2))
    typed = {
        "name": 'Aino "B" <i>Virtanen</i>',
        "places": "2",
        "guest-1-name": "Bertta",
        f"q-{text['id']}": "Rivi yksi\nRivi kaksi & loput",
        f"q-{several['id']}": keys[:2],
    }
    answer = client.post(address(registration, "change/"), typed)
    assert answer.status_code == 404
    assert "no-store" in answer["Cache-Control"]
    assert stored(registration) == before
    (form,) = soup(answer).select("main form")
    again: dict[str, list[str]] = {}
    for field in form.select("input"):
        again.setdefault(field["name"], []).append(field["value"])
    assert again == {key: value if isinstance(value, list) else [value] for key, value in typed.items()}
    # Sent again without opening the link, it is kept as before.
    assert kept_form(client.post(address(registration, "change/"), again))["name"] == typed["name"]
    open_link(client, registration)
    answer = client.post(address(registration, "change/"), again)
    assert (answer.status_code, answer["Location"]) == (302, address(registration))
    after = Registration.objects.get()
    assert (after.name, after.places, after.guests.get().name) == (typed["name"], 2, "Bertta")
    assert after.answers == {text["id"]: typed[f"q-{text['id']}"], several["id"]: keys[:2]}


def test_file_sent_after_the_session_ended_is_asked_for_again(client):
    asked = question("file", "Liite")
    registration = register(desk_of(event_with_desk(questions=[asked])), "aino@example.fi")
    name = f"q-{asked['id']}"
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.7 a", content_type="application/pdf")
    answer = client.post(address(registration, "change/"), {"name": "Aino B", name: upload})
    assert kept_form(answer) == {"name": "Aino B", "lost": name}
    open_link(client, registration)
    answer = client.post(address(registration, "change/"), kept_form(answer))
    assert answer.status_code == 422
    assert answer.context["form"].errors == {name: ["Valitse tiedosto uudelleen: sitä ei voitu säilyttää."]}
    assert soup(answer).select_one("[name=name]")["value"] == "Aino B"
    upload.seek(0)
    assert client.post(address(registration, "change/"), {"name": "Aino B", name: upload}).status_code == 302
    assert [file.name for file in registration.files.all()] == ["a.pdf"]


def test_form_too_long_for_a_page_is_not_promised_to_be_kept(client, desk):
    registration = register(desk, "aino@example.fi")
    answer = client.post(address(registration, "change/"), {"name": "x" * 200_001})
    assert answer.status_code == 404
    assert soup(answer).select("main form") == []
    assert "palaa tässä välilehdessä lomakkeeseen" in answer.content.decode()


def test_form_from_another_site_is_not_echoed(client, desk):
    registration = register(desk, "aino@example.fi")
    answer = client.post(
        address(registration, "change/"), {"name": "Planted"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert "Planted" not in answer.content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_scripts_warn_before_the_session_ends_and_extend_it(visit: Visit) -> None:
    registration = register(desk_of(event_with_desk()), "aino@example.fi")
    page = visit(f"/fi/registrations/open/{issue_token(registration=registration)}/")
    page.clock.install()
    page.goto(visit.site + address(registration, "change/"))
    warning, extended, over = (page.locator(f"[data-session-{name}]") for name in ("warning", "extended", "over"))

    def shown() -> list[bool]:
        return [part.is_visible() for part in (warning, extended, over)]

    page.clock.run_for("54:00")
    assert shown() == [False, False, False]
    page.clock.run_for("01:30")
    assert shown() == [True, False, False]
    with page.expect_response(lambda answer: answer.request.method == "HEAD") as answered:
        warning.get_by_role("button").click()
    assert answered.value.status == 200
    extended.wait_for()
    assert shown() == [False, True, False]
    page.clock.run_for("56:00")
    assert shown() == [True, False, False]
    page.clock.run_for("05:00")
    assert shown() == [False, False, True]
    assert visit.problems == []
