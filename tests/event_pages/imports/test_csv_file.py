"""Events in tables, as people and spreadsheet programs write them."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from event_pages.imports.csv_file import COLUMNS, read_table, template_rows
from event_pages.imports.file_reader import read_events
from event_pages.imports.values import FileEvent, UnreadableFile


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


EXPECTED = {
    "title": "Aamukahvit",
    "date_precision": "exact",
    "starts_at": datetime(2027, 5, 20, 5, 30, tzinfo=UTC),
    "ends_at": datetime(2027, 5, 20, 7, tzinfo=UTC),
    "starts_on": None,
    "ends_on": None,
    "timezone": "Europe/Helsinki",
}


@pytest.mark.parametrize(
    "text",
    [
        "id;title;start;end\n7;Aamukahvit;2027-05-20 08:30;2027-05-20 10:00\n",
        "\ufeffID,Title,START,End\r\n7,Aamukahvit,2027-05-20T08:30,10:00\r\n",
        "Tunnus;Otsikko;Alkaa;Päättyy\n7;Aamukahvit;20.5.2027 klo 8.30;klo 10.00\n",
        "Id;Rubrik;Börjar;Slutar\n7;Aamukahvit;20.5.2027 kl. 8.30;20.05.2027 10.00\n",
        'id\ttitle\tstart\tend\n\n7\t" Aamukahvit\u200b "\t20/05/2027 8.30\t2027-05-20T07:00:00Z\n',
    ],
)
def test_headers_separators_and_dates_of_every_language(text: str) -> None:
    [event] = read_events(text)
    assert (event.source_key, event.title, event.values, event.notes) == ("csv:7", "Aamukahvit", EXPECTED, ())


def test_every_column() -> None:
    text = (
        "id;title;summary;description;start;end;time_zone;venue;room;format;joining_link;registration_link;event_type;"
        "audience;own notes\n"
        'k1;Kurssi;Lyhyesti.;"Yksi.\n\nKaksi.";20.5.2027;21.5.2027;Europe/Stockholm;Säätytalo;Sali 2;'
        "Paikan päällä ja verkossa;https://meet.example.fi/a;https://example.fi/ilmo;Webbinarium;Kaikki;omia\n"
    )
    assert list(read_table(text)) == [
        FileEvent(
            number=4,
            source_key="csv:k1",
            title="Kurssi",
            values={
                "title": "Kurssi",
                "date_precision": "date",
                "starts_at": None,
                "ends_at": None,
                "starts_on": date(2027, 5, 20),
                "ends_on": date(2027, 5, 21),
                "timezone": "Europe/Stockholm",
                "joining_url": "https://meet.example.fi/a",
                "external_registration_url": "https://example.fi/ilmo",
                "room": "Sali 2",
                "audience": "Kaikki",
                "summary": "Lyhyesti.",
                "body": "Yksi.\n\nKaksi.",
                "attendance": "hybrid",
                "kind": "webinar",
            },
            venue="Säätytalo",
        )
    ]


def test_rows_that_cannot_be_read_are_named_by_number() -> None:
    rows = (
        "1;;2027-05-20;;;\n"
        "2;A;;;;\n"
        "3;A;ensi viikolla;;;\n"
        "4;A;31.2.2027;;;\n"
        "5;A;2027-05-20 10:00;2027-05-20 9:00;;\n"
        "6;A;2027-05-20;2027-05-20 9:00;;\n"
        "7;A;2027-05-20 9:00;2027-05-20;;\n"
        "8;A;2027-05-20;;Mars;\n"
        "9;A;2027-05-20;;;kuussa\n"
        "10;A;2027-03-28 3.30;;;\n"
        "11;A;0001-01-01;;;\n"
    )
    not_read = "is not a date that can be read. Write it as 2027-05-20 12:00 or 20.5.2027 12.00."
    found = read_table(f"id;title;start;end;time_zone;format\n{rows}")
    assert [(event.number, event.problem) for event in found] == [
        (2, "It has no title."),
        (3, "It has no start."),
        (4, f"“ensi viikolla” {not_read}"),
        (5, f"“31.2.2027” {not_read}"),
        (6, "The event ends before it begins."),
        (7, "Its start is a day and its end a time. Write both with a time, or neither."),
        (8, "Its start is a time and its end a day. Write both with a time, or neither."),
        (9, "The time zone “Mars” is unknown. Write it as “Europe/Helsinki”."),
        (10, "“kuussa” is not one of the values of “Format”: On site, Online, On site and online."),
        (
            11,
            "This time does not exist in the time zone Helsinki: clocks are moved forward past it when summer time begins.",
        ),
        (12, f"“0001-01-01” {not_read}"),
    ]


def test_row_without_id_is_recognised_by_title_and_start() -> None:
    first, second, other = read_table("title;start\nA;2027-05-20\nA;20.5.2027\nA;2027-05-21\n")
    assert first.source_key == second.source_key != other.source_key
    assert first.notes == ("It has no id, so it is recognised by its title and start.",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "The file has no columns. The first row has to name them, as in the template."),
        (
            "nimi;aika\nA;B\n",
            "The file has no column “Title”. The first row has to name the columns, as in the template.",
        ),
        ("title;start;Start\n", "The column “Start” occurs twice."),
        ("title;start\n", "There are no events in the file."),
        (
            "title;start\n" + "A;2027-05-20\n" * 201,
            "The file has more than 200 events, with repetitions. Divide it into several files.",
        ),
    ],
)
def test_files_without_sense_are_refused(text: str, message: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_events(text)
    assert str(refused.value) == message


def test_quotation_mark_that_is_not_closed_ends_the_file() -> None:
    found = read_events('title;start\nA;2027-05-20\n"B;2027-05-21\nC;2027-05-22\n')
    assert [(event.title, event.problem) for event in found] == [
        ("A", ""),
        ("", "A quotation mark is not closed. Later rows were not read."),
    ]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_template_can_be_imported_as_it_is(language: str) -> None:
    with translation.override(language):
        file = io.StringIO()
        csv.writer(file, delimiter=";").writerows(template_rows())
        [event] = read_events(file.getvalue())
    assert (event.problem, event.source_key, event.values["starts_at"], event.values["attendance"]) == (
        *("", "csv:2027-01", datetime(2027, 5, 20, 5, 30, tzinfo=UTC)),
        "hybrid",
    )
    assert len(template_rows()[0]) == len(COLUMNS)
