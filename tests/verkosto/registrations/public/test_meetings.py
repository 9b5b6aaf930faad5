"""Declining and adding meetings of a series on the page of a registration."""

import icalendar
import pytest

from tests.factories.registrations import desk_of, event_with_desk, publish, register
from tests.factories.seasons import add_meeting, meeting_of, season
from tests.verkosto.registrations.domain.test_meetings import PAST, statuses
from tests.verkosto.registrations.manage_pages import address, heading, open_link, soup
from verkosto.registrations.models import Registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def series():
    return season()


@pytest.fixture
def registration(series):
    return register(desk_of(series), "aino@example.fi")


@pytest.fixture
def entered(client, registration):
    open_link(client, registration)
    return client


def shown(client, registration):
    """Each meeting on the page: its title, how the person takes part, and the button."""
    items = soup(client.get(address(registration))).select("#meetings li")
    rows = []
    for item in items:
        button = item.select_one("button")
        label = button.find(string=True, recursive=False) if button else ""
        rows.append((item.b.text, item.select_one(".meeting-list__status").text, label))
    return rows


def press(client, registration, title):
    """Send the form of a meeting, as its button does."""
    page = soup(client.get(address(registration)))
    [form] = [form for form in page.select("#meetings form") if form.find_parent("li").b.text == title]
    button = form.select_one("button")
    data = {form.select_one("input")["name"]: form.select_one("input")["value"], button["name"]: button["value"]}
    return client.post(form["action"], data)


def test_a_meeting_is_declined_and_added_by_the_same_button(entered, registration):
    coming, declined = ("Osallistuu", "En pääse tulemaan"), ("Ei osallistu", "Pääsen sittenkin tulemaan")
    first, second, third = "Tapaaminen 1", "Tapaaminen 2", "Tapaaminen 3"
    assert shown(entered, registration) == [(first, *coming), (second, *coming), (third, *coming)]
    answer = press(entered, registration, second)
    assert (answer.status_code, answer.url) == (302, address(registration) + "#meetings")
    assert shown(entered, registration) == [(first, *coming), (second, *declined), (third, *coming)]
    press(entered, registration, second)
    assert shown(entered, registration) == [(first, *coming), (second, *coming), (third, *coming)]


def test_buttons_name_their_meeting(entered, registration):
    buttons = soup(entered.get(address(registration))).select("#meetings button")
    assert [button.text for button in buttons] == [f"En pääse tulemaan: Tapaaminen {number}" for number in (1, 2, 3)]


def test_calendar_file_has_the_meetings_that_the_person_comes_to(entered, registration):
    press(entered, registration, "Tapaaminen 1")
    content = entered.get(address(registration, "calendar/")).content
    titles = [str(entry["summary"]) for entry in icalendar.Calendar.from_ical(content).walk("VEVENT")]
    assert titles == ["Tapaaminen 2", "Tapaaminen 3"]


def test_what_cannot_be_changed_has_no_button_and_is_refused(entered, series, registration):
    cancelled, postponed = meeting_of(series, 1), meeting_of(series, 2)
    cancelled.status, postponed.status = "cancelled", "postponed"
    for meeting in (cancelled, postponed, add_meeting(series, 4, starts_at=PAST)):
        publish(meeting)
    assert shown(entered, registration) == [
        ("Tapaaminen 4", "Pidetty", ""),
        ("Tapaaminen 1", "Peruttu", ""),
        ("Tapaaminen 2", "Siirretty toistaiseksi", ""),
        ("Tapaaminen 3", "Osallistuu", "En pääse tulemaan"),
    ]
    for uid in (cancelled.calendar_uid, "unknown", ""):
        answer = entered.post(address(registration, "meetings/"), {"meeting": uid, "comes": "no"})
        assert (answer.status_code, heading(answer)) == (409, "Tämä ei ole enää mahdollista")
    series.changes_close_at = "2020-01-01T00:00Z"
    publish(series)
    assert [button for _title, _status, button in shown(entered, registration)] == [""] * 4
    late = {"meeting": meeting_of(series, 3).calendar_uid, "comes": "no"}
    answer = entered.post(address(registration, "meetings/"), late)
    assert (answer.status_code, heading(answer)) == (409, "Osallistumista tapaamiseen ei voi enää muuttaa")
    assert set(statuses(registration).values()) == {"coming"}


def test_only_a_post_of_the_person_changes_anything(entered, client, series, registration):
    data = {"meeting": meeting_of(series, 1).calendar_uid, "comes": "no"}
    url = address(registration, "meetings/")
    assert entered.get(url, data).status_code == 405
    assert entered.post(url, data, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    other = register(desk_of(series), "other@example.fi")
    assert entered.post(address(other, "meetings/"), data).status_code == 404
    everybody = [statuses(each) for each in Registration.objects.select_related("desk")]
    assert {status for rows in everybody for status in rows.values()} == {"coming"}


def test_without_a_place_or_a_series_there_are_no_meetings(client, series):
    waiting = season(index=series.get_parent().specific, slug="taysi", capacity=0)
    alone = event_with_desk(index=series.get_parent().specific, slug="yksin")
    for page in (waiting, alone):
        registration = register(desk_of(page), "aino@example.fi")
        open_link(client, registration)
        assert shown(client, registration) == []


@pytest.mark.parametrize("meetings", [1, 30])
def test_page_costs_the_same_queries_for_any_number_of_meetings(client, count_queries, meetings):
    registration = register(desk_of(season(meetings)), "aino@example.fi")
    open_link(client, registration)
    assert count_queries(address(registration)) == 6


def test_a_meeting_is_declined_for_one_guest_and_added_where_there_is_a_place(client):
    series = season(1, places_per_registration=3)
    group = register(desk_of(series), "aino@example.fi", places=3, guests=["Eino", "Elli"])
    open_link(client, group)

    def of_guests():
        page = soup(client.get(address(group)))
        return [(row.span.get_text(strip=True), row.select_one("form")) for row in page.select(".meeting-list__guest")]

    def send(form):
        fields = {field["name"]: field["value"] for field in form.select("input, button")}
        return client.post(form["action"], fields)

    (eino, form), (elli, _form) = of_guests()
    assert (eino, elli) == ("Eino:Osallistuu", "Elli:Osallistuu")
    assert send(form).url == address(group) + "#meetings"
    (eino, form), (elli, _form) = of_guests()
    assert (eino, elli) == ("Eino:Ei osallistu", "Elli:Osallistuu")
    meeting = meeting_of(series, 1)
    meeting.capacity = 2
    publish(meeting)
    refused = send(form)
    assert (refused.status_code, heading(refused)) == (409, "Tapaamisen kaikki paikat on varattu")
    meeting.capacity = 3
    publish(meeting)
    send(form)
    assert [text for text, _form in of_guests()] == ["Eino:Osallistuu", "Elli:Osallistuu"]
