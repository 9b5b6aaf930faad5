"""The columns of an export for the meetings of a series."""

import json

import pytest

from tests.factories.registrations import desk_of, register
from tests.factories.seasons import add_meeting, meeting_of, season
from tests.verkosto.registrations.domain.test_meetings import PAST
from tests.verkosto.registrations.exports.test_formats import export, read_csv
from verkosto.registrations.domain.attendance import record_attendance
from verkosto.registrations.domain.participations import change_participation

pytestmark = pytest.mark.django_db


@pytest.fixture
def series():
    return season(2)


@pytest.fixture
def desk(series):
    """Aino has declined the second meeting, Björn was absent from a first one that he was not registered for."""
    aino, bjorn, _chen = (register(desk_of(series), f"{name}@example.fi") for name in ("aino", "bjorn", "chen"))
    over = add_meeting(series, 3, starts_at=PAST)
    change_participation(registration=aino, meeting=meeting_of(series, 2).calendar_uid, comes=False)
    record_attendance(registration=bjorn, attendance="absent", user=None, meeting=over.calendar_uid)
    return desk_of(series)


def plain(row):
    return [cell.replace("\u00a0", " ") for cell in row[-3:]]


@pytest.mark.parametrize("portion", [1, 2, 2000])
def test_table_has_a_column_for_each_meeting_in_order_of_time(desk, portion):
    header, *rows = read_csv(export(desk, "csv", portion=portion))
    assert plain(header) == [
        "Tapaaminen 3, 4.3.2020 klo 10.00",
        "Tapaaminen 1, 16.9.2126 klo 13.00",
        "Tapaaminen 2, 14.10.2126 klo 13.00",
    ]
    assert [plain(row) for row in rows] == [
        ["", "Osallistuu", "Ei osallistu"],
        ["Poissa", "Osallistuu", "Osallistuu"],
        ["", "Osallistuu", "Osallistuu"],
    ]


def test_json_has_the_stored_statuses_by_key(series, desk):
    data = json.loads(export(desk, "json"))
    first, second, third = (meeting_of(series, number).calendar_uid for number in (1, 2, 3))
    assert [(meeting["key"], meeting["title"]) for meeting in data["meetings"]] == [
        (third, "Tapaaminen 3"),
        (first, "Tapaaminen 1"),
        (second, "Tapaaminen 2"),
    ]
    assert [registration["meetings"] for registration in data["registrations"]] == [
        {first: "coming", second: "not_coming"},
        {first: "coming", second: "coming", third: "absent"},
        {first: "coming", second: "coming"},
    ]


def test_selection_gets_only_its_own_cells(desk):
    last = desk.registrations.order_by("-pk").first()
    rows = read_csv(export(desk, "csv"))
    assert plain(rows[-1]) == ["", "Osallistuu", "Osallistuu"]
    assert last.participations.count() == 2


@pytest.mark.parametrize("people", [1, 30])
def test_export_costs_two_more_queries_for_any_number_of_people(django_assert_num_queries, people):
    desk = desk_of(season(2))
    for number in range(people):
        register(desk, f"{number}@example.fi")
    with django_assert_num_queries(4):
        export(desk, "csv")
