"""The desk of a series by meeting: check-in, list, printing, statistics, bulk actions and one registration."""

from urllib.parse import quote

import pytest
from django.core import mail
from django.urls import reverse

from tests.factories.registrations import desk_of, register
from tests.factories.seasons import meeting_of, season
from tests.verkosto.registrations.domain.test_meetings import statuses
from tests.verkosto.registrations.manage_pages import soup
from verkosto.registrations.admin.meetings import MeetingFigures, figures_by_meeting
from verkosto.registrations.domain.attendance import record_attendance
from verkosto.registrations.domain.chosen_meeting import chosen_meeting
from verkosto.registrations.domain.participations import change_participation
from verkosto.registrations.mail.check_in_codes import code_of
from verkosto.registrations.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def series():
    return season()


@pytest.fixture
def desk(series):
    return desk_of(series)


@pytest.fixture
def people(desk, series):
    """Aino comes to all; Björn, with a guest, has declined the first meeting and attended the second."""
    desk.places_per_registration = 2
    desk.save()
    aino = register(desk, "aino@example.fi")
    bjorn = register(desk, "bjorn@example.fi", places=2)
    change_participation(registration=bjorn, meeting=meeting_of(series, 1).calendar_uid, comes=False)
    record_attendance(registration=bjorn, attendance="attended", user=None, meeting=meeting_of(series, 2).calendar_uid)
    return aino, bjorn


@pytest.fixture
def uid(series):
    return lambda number: meeting_of(series, number).calendar_uid


def url(desk, name, *args):
    return reverse(f"verkosto_registrations_admin:{name}", args=[desk.pk, *args])


def rows(response):
    """The people on the check-in page, and whether each has arrived; an unnamed guest has no name."""
    people = soup(response).select("[data-row]")
    return [(row.b.text if row.b else "", "arrived" in row.get("class", [])) for row in people]


def test_check_in_shows_who_is_expected_at_the_nearest_meeting(admin_client, desk, people, uid):
    response = admin_client.get(url(desk, "check_in"))
    assert soup(response).select_one("option[selected]")["value"] == uid(1)
    assert (rows(response), response.context["arrived"], response.context["all"]) == ([("Aino", False)], 0, 1)
    response = admin_client.get(url(desk, "check_in"), {"meeting": uid(2)})
    assert soup(response).select_one("option[selected]")["value"] == uid(2)
    expected = [("Aino", False), ("Bjorn", True), ("", False)]
    assert (rows(response), response.context["arrived"], response.context["all"]) == (expected, 1, 3)


def test_a_guest_is_checked_in_for_themselves_at_the_meeting_of_the_form(admin_client, desk, people, uid):
    _aino, bjorn = people
    guest = bjorn.guests.get()
    data = {"reference": guest.reference, "attendance": "attended", "meeting": uid(2)}
    answer = admin_client.post(url(desk, "check_in"), data, headers={"accept": "application/json"})
    assert answer.json() == {"attendance": "attended", "arrived": 2, "all": 3}
    response = admin_client.get(url(desk, "check_in"), {"meeting": uid(2)})
    assert rows(response) == [("Aino", False), ("Bjorn", True), ("", True)]
    page = reverse("verkosto_registrations_admin:check_in_code", args=[code_of(guest)])
    shown = [soup(admin_client.get(page, {"meeting": uid(n)})).select_one("main button").text for n in (2, 3)]
    assert shown == ["Kumoa", "Kirjaa saapuneeksi"]


def test_staff_set_how_a_guest_takes_part(admin_client, desk, people, uid):
    _aino, bjorn = people
    guest = bjorn.guests.get()
    for number, status in ((2, "absent"), (3, "not_coming")):
        data = {"meeting": uid(number), "status": status, "guest": guest.reference}
        admin_client.post(url(desk, "registration_meeting", bjorn.pk), data)
    page = soup(admin_client.get(url(desk, "registration", bjorn.pk)))
    chosen = {
        (form.select_one("[name=meeting]")["value"], bool(form.select_one("[name=guest]"))): form.select_one(
            "option[selected]"
        )["value"]
        for form in page.select("form:has([name=status])")
    }
    assert chosen == {
        (uid(1), False): "not_coming",
        (uid(1), True): "not_coming",
        (uid(2), False): "attended",
        (uid(2), True): "absent",
        (uid(3), False): "coming",
        (uid(3), True): "not_coming",
    }
    people_of_list = admin_client.get(url(desk, "attendance_list"), {"meeting": uid(3)}).context
    assert ([row["of"] for row in people_of_list["rows"]], people_of_list["places"]) == (["", ""], 2)


def test_check_in_is_recorded_for_the_meeting_of_the_form(admin_client, desk, people, uid):
    aino, _bjorn = people
    data = {"reference": aino.reference, "attendance": "attended", "meeting": uid(3)}
    answer = admin_client.post(url(desk, "check_in"), data)
    assert answer.url == f"{url(desk, 'check_in')}?done={aino.reference}&q=&meeting={quote(uid(3))}"
    assert statuses(aino) == {"Tapaaminen 1": "coming", "Tapaaminen 2": "coming", "Tapaaminen 3": "attended"}
    as_script = admin_client.post(
        url(desk, "check_in"), {**data, "attendance": ""}, headers={"accept": "application/json"}
    )
    assert as_script.json() == {"attendance": "", "arrived": 0, "all": 3}
    assert statuses(aino)["Tapaaminen 3"] == "coming"


def test_search_finds_somebody_who_has_declined_the_meeting(admin_client, desk, people):
    response = admin_client.get(url(desk, "check_in"), {"q": "bjorn"})
    assert rows(response) == [("Bjorn", False), ("", False)]
    assert "On perunut osallistumisensa tähän tapaamiseen" in soup(response).select_one("[data-row] small").text


def test_code_checks_in_at_the_nearest_meeting_and_says_who_is_not_expected(admin_client, people, uid):
    _aino, bjorn = people
    page = reverse("verkosto_registrations_admin:check_in_code", args=[code_of(bjorn)])
    shown = soup(admin_client.get(page))
    assert shown.select_one("main input[name=meeting]")["value"] == uid(1)
    assert shown.select_one(".refused").text == "Ei odotettavissa tähän tapaamiseen"
    second = soup(admin_client.get(page, {"meeting": uid(2)}))
    assert (second.select_one(".refused"), second.select_one("main button").text) == (None, "Kumoa")


def names(response):
    return [str(row) for row in response.context["object_list"]]


def test_list_is_filtered_by_meeting_and_by_how_people_take_part(admin_client, desk, people, uid):
    page = url(desk, "registrations")
    assert sorted(names(admin_client.get(page))) == ["Aino", "Bjorn"]
    assert names(admin_client.get(page, {"meeting": uid(1)})) == ["Aino"]
    assert names(admin_client.get(page, {"meeting": uid(1), "participation": "not_coming"})) == ["Bjorn"]
    assert names(admin_client.get(page, {"participation": "attended"})) == ["Bjorn"]
    assert sorted(names(admin_client.get(page, {"meeting": uid(3)}))) == ["Aino", "Bjorn"]
    assert names(admin_client.get(page, {"meeting": "unknown"})) == sorted(["Aino", "Bjorn"], reverse=True)


def test_export_of_the_filtered_list_has_those_rows(admin_client, desk, people, uid):
    response = admin_client.get(url(desk, "export"), {"meeting": uid(1)})
    assert response.context["number"] == 1


@pytest.mark.parametrize("name", ["attendance_list", "badges"])
def test_printing_by_meeting(admin_client, desk, people, uid, name):
    def printed(**query):
        return [row["name"] for row in admin_client.get(url(desk, name), query).context["rows"]]

    first, second = uid(1), uid(2)
    assert [each for each in printed(meeting=first) if each] == ["Aino"]
    assert [each for each in printed(meeting=second, who="attended") if each] == ["Bjorn"]
    assert [each for each in printed() if each] == ["Aino", "Bjorn"]


def test_print_offers_the_nearest_meeting(admin_client, desk, people, uid):
    form = admin_client.get(url(desk, "print")).context["form"]
    assert form.initial == {"meeting": uid(1)}
    assert [value for value, _label in form.fields["meeting"].choices] == ["", uid(1), uid(2), uid(3)]


def test_figures_count_places_by_meeting(admin_client, desk, people):
    first, second, third = desk.meetings()
    assert figures_by_meeting(desk) == [
        MeetingFigures(entry=first, coming=1, not_coming=2, waiting=0, attended=0, absent=0),
        MeetingFigures(entry=second, coming=2, not_coming=0, waiting=0, attended=1, absent=0),
        MeetingFigures(entry=third, coming=3, not_coming=0, waiting=0, attended=0, absent=0),
    ]
    table = soup(admin_client.get(url(desk, "statistics"))).select_one("[aria-labelledby=by-meeting] table")
    cells = [[cell.text for cell in row.select("td")] for row in table.select("tbody tr")]
    assert cells == [["1", "2", "0", "0", "0"], ["2", "0", "0", "1", "0"], ["3", "0", "0", "0", "0"]]


def test_staff_change_one_meeting_of_a_registration(admin_client, desk, people, uid):
    aino, _bjorn = people
    Message.objects.all().delete()
    change = url(desk, "registration_meeting", aino.pk)
    page = url(desk, "registration", aino.pk)
    answers = [
        admin_client.post(change, {"meeting": uid(number), "status": status}).url
        for number, status in ((1, "not_coming"), (2, "absent"), (3, "nonsense"))
    ]
    assert answers == [page] * 3
    assert statuses(aino) == {"Tapaaminen 1": "not_coming", "Tapaaminen 2": "absent", "Tapaaminen 3": "coming"}
    assert list(Message.objects.values_list("kind", flat=True)) == ["meeting_declined"]
    selected = soup(admin_client.get(page)).select("select[name=status] option[selected]")
    assert [option["value"] for option in selected] == ["not_coming", "absent", "coming"]
    assert admin_client.get(change).status_code == 405


def test_bulk_action_asks_for_the_meeting(admin_client, desk, people, uid):
    aino, bjorn = people
    page = reverse("wagtail_bulk_action", args=["verkosto_registrations", "registration", "absent"])
    address = f"{page}?id={aino.pk}&id={bjorn.pk}&next={url(desk, 'registrations')}"
    assert soup(admin_client.get(address)).select_one("select[name=meeting] option[selected]")["value"] == uid(1)
    assert admin_client.post(address, {"meeting": uid(3)}).status_code == 302
    assert [statuses(each)["Tapaaminen 3"] for each in people] == ["absent", "absent"]
    assert mail.outbox == []


@pytest.mark.parametrize("number", [1, 30])
def test_pages_cost_the_same_queries_for_any_number_of_meetings_and_people(admin_client, count_queries, number):
    desk = desk_of(season(number))
    for each in range(number):
        register(desk, f"{each}@example.fi")
    counts = {name: count_queries(url(desk, name)) for name in ("check_in", "statistics", "print", "badges")}
    assert counts == {"check_in": 12, "statistics": 15, "print": 10, "badges": 10}


def test_chosen_meeting_is_the_named_one_or_the_nearest(desk, uid):
    found = [chosen_meeting(desk, query) for query in ({"meeting": uid(3)}, {"meeting": "unknown"}, {})]
    assert [meeting.uid for meeting in found] == [uid(3), uid(1), uid(1)]
