"""The lists that clients of LinkedEvents read."""

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from tests.factories import (
    EventPageFactory,
    EventSeriesPageFactory,
    TopicFactory,
    VenueFactory,
    locale,
)
from tests.verkosto.linked_events.answers import BASE, EVENTS, WITH_ALL, names, own, read, ref
from tests.verkosto.linked_events.conftest import CONCEPT, Course
from verkosto.core.sites import site_url
from verkosto.directory.models import Topic, TopicLink
from verkosto.linked_events.reading.parameters import SORTS


def test_filters_select_events(client: Client, course: Course) -> None:
    EventPageFactory(
        parent=course.calendar, title="Vanha", slug="vanha", starts_at=datetime(2020, 5, 1, 9, tzinfo=UTC), ends_at=None,
        event_languages=["en"],
    )  # fmt: skip
    EventPageFactory(parent=course.calendar, title="Avoin", slug="avoin", date_precision="unannounced", starts_at=None)
    assert names(client, "") == ["Avoin", "Kurssi", "Päivä", "Vanha"]
    for query, expected in {
        "text=DAGEN": ["Päivä"],
        "text=ständerhuset": ["Päivä"],
        "text=nothing": [],
        "start=now": ["Kurssi", "Päivä"],
        "start=2126-09-17": [],
        "start=2020-05-01&end=2020-05-01": ["Vanha"],
        "end=2020-05-01T08:59:59Z": [],
        f"location={own(course.venue)},other:1": ["Päivä"],
        "location=other:1": [],
        "keyword=yso:p554": ["Päivä"],
        "keyword=yso:p1,verkosto:x": [],
        f"super_event={own(course.series)}": ["Päivä"],
        "super_event=none": ["Avoin", "Kurssi", "Vanha"],
        "super_event_type=recurring,umbrella": ["Kurssi"],
        "super_event_type=umbrella": [],
        "in_language=en": ["Vanha"],
        "language=sv": ["Kurssi", "Päivä"],
        "unknown=1&format=json": ["Avoin", "Kurssi", "Päivä", "Vanha"],
    }.items():
        assert names(client, query) == expected, query
    by_time = [each["name"]["fi"] for each in read(client, f"{EVENTS}?sort=-start_time")["data"]]
    assert by_time == ["Avoin", "Kurssi", "Päivä", "Vanha"]  # a series begins with its first event


def test_portions_lead_to_each_other(client: Client, course: Course) -> None:
    first = read(client, f"{EVENTS}?page_size=1&sort=name&text=kurs&start=2020-01-01")
    assert (first["meta"]["count"], first["meta"]["next"], first["meta"]["previous"]) == (1, None, None)
    first = read(client, f"{EVENTS}?page_size=1&sort=name")
    address = urlsplit(first["meta"]["next"])
    assert dict(parse_qsl(address.query)) == {"page_size": "1", "sort": "name", "page": "2"}
    second = read(client, f"{address.path}?{address.query}")
    assert [each["name"]["fi"] for each in (*first["data"], *second["data"])] == ["Kurssi", "Päivä"]
    assert (second["meta"]["next"], dict(parse_qsl(urlsplit(second["meta"]["previous"]).query))["page"]) == (None, "1")


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ("page=0", "The parameter page is a number from 1 to 10000."),
        ("page_size=x", "The parameter page_size is a number from 1 to 10000."),
        ("sort=price", f"The parameter sort is one of {', '.join(SORTS)}, for descending order with a hyphen."),
        ("start=soon", "A time is now, today, a day such as 2027-01-31, or ISO 8601."),
        ("end=9999-12-31", "A time is now, today, a day such as 2027-01-31, or ISO 8601."),
        ("start=0001-01-01T00:00:00%2B23:00", "A time is now, today, a day such as 2027-01-31, or ISO 8601."),
        ("division=helsinki", "This site has no filter division."),
        ("text=%01", "The parameter text is not valid."),
        ("keyword=" + "a," * 51, "At most 50 ids can be given."),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused(client: Client, course: Course, query: str, detail: str) -> None:
    answer = client.get(f"{EVENTS}?{query}")
    assert (answer.status_code, answer.json()) == (400, {"detail": detail})


def test_languages_and_lists_are_named(client: Client, course: Course) -> None:
    assert read(client, BASE) == {
        name: f"{site_url()}{BASE}{name}/" for name in ("event", "keyword", "language", "place")
    }
    found = read(client, f"{BASE}language/")
    assert [each["id"] for each in found["data"]] == ["fi", "sv", "en"]
    assert (
        read(client, f"{BASE}language/sv/")
        == found["data"][1]
        == {
            "id": "sv",
            **ref("language", "sv"),
            "@context": "http://schema.org",
            "@type": "Language",
            "name": {"fi": "ruotsi", "sv": "svenska", "en": "Swedish"},
            "service_language": True,
            "translation_available": True,
        }
    )


def test_answer_is_kept_until_the_content_changes(client: Client, course: Course) -> None:
    answer = client.get(EVENTS)
    assert (answer["Cache-Control"], answer["Access-Control-Allow-Origin"]) == ("public, max-age=5, s-maxage=60", "*")
    again = client.get(EVENTS, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    EventPageFactory(parent=course.calendar, slug="uusi")
    assert client.get(EVENTS, headers={"If-None-Match": answer["ETag"]}).status_code == 200


def test_queries_do_not_grow_with_the_list(client: Client, course: Course, count_queries: Callable[..., int]) -> None:
    """Of an answer that is made with empty caches; one from the cache needs none."""
    whole = f"{EVENTS}{WITH_ALL}&page_size=100&start=2020-01-01"
    expected = {whole: 21, f"{BASE}place/": 13, f"{BASE}keyword/": 12}

    def add(number: int) -> None:
        series = EventSeriesPageFactory(parent=course.calendar, slug=f"sarja-{number}")
        event = EventPageFactory(parent=series, slug="paiva", venue=VenueFactory())
        TopicLink.objects.create(page=event, topic=TopicFactory(), locale=event.locale)

    def count() -> dict[str, int]:
        return {path: count_queries(path, cold=True) for path in expected}

    add(0)
    assert count() == expected
    for number in range(1, 15):  # each adds two to the list
        add(number)
    assert count() == expected
    assert count_queries(whole) == 0


def test_topics_with_one_concept_are_one_keyword(client: Client, course: Course) -> None:
    """Such as topics that two languages made for themselves: the list is as long as its count, in every portion."""
    english = TopicFactory(name="Leadership", slug="leadership", concept_url=CONCEPT, locale=locale("en"))
    secret = TopicFactory(name="Secret", slug="secret", locale=locale("en"))
    meeting = EventPageFactory(parent=course.calendar, title="Toinen", slug="toinen")
    for page in (meeting, course.swedish):
        TopicLink.objects.create(page=page, topic=english, locale=page.locale)
    draft = EventPageFactory(parent=course.calendar, slug="luonnos", live=False)
    TopicLink.objects.create(page=draft, topic=secret, locale=draft.locale)

    whole = read(client, f"{BASE}keyword/")
    portions = [read(client, f"{BASE}keyword/?page_size=1&page={page}") for page in (1, 2)]
    assert [each["id"] for each in whole["data"]] == ["yso:p554", own(Topic.objects.get(slug="talous"))]
    assert [each["meta"]["count"] for each in (whole, *portions)] == [2, 2, 2]
    assert [each["data"] for each in portions] == [[keyword] for keyword in whole["data"]]
    leading = whole["data"][0]
    assert leading["name"] == {"fi": "Johtaminen", "sv": "Ledning", "en": "Leadership"}
    assert leading["n_events"] == 2  # one of them by both topics
    assert read(client, f"{BASE}keyword/yso:p554/") == leading
    assert read(client, f"{BASE}keyword/?text=leader")["data"] == [leading]


def test_topic_of_no_public_event_gives_its_concept_no_name(client: Client, course: Course) -> None:
    english = TopicFactory(name="Secret", slug="secret", concept_url=CONCEPT, locale=locale("en"))
    draft = EventPageFactory(parent=course.calendar, slug="luonnos", live=False)
    TopicLink.objects.create(page=draft, topic=english, locale=draft.locale)
    assert read(client, f"{BASE}keyword/yso:p554/")["name"] == {"fi": "Johtaminen", "sv": "Ledning"}
    assert read(client, f"{BASE}keyword/?text=secret")["meta"]["count"] == 0
