"""The objects that clients of LinkedEvents read."""

from datetime import date

from django.test import Client
from wagtail.models import Page

from event_pages.models import EventPage
from tests.factories import (
    EventPageFactory,
    TopicFactory,
    VenueFactory,
)
from tests.verkosto.linked_events.answers import BASE, EVENTS, WITH_ALL, names, own, read, ref, restrict
from tests.verkosto.linked_events.conftest import CONCEPT, Course
from tests.verkosto.linked_events.schema import EVENT, KEYWORD, PLACE, validate_list, validate_one
from verkosto.directory.models import TopicLink


def test_event_is_one_object_for_all_languages(client: Client, course: Course) -> None:
    event, topic = course.event, TopicLink.objects.get(page=course.event, topic__slug="talous").topic
    expected = {
        "id": own(event),
        "origin_id": str(event.translation_key),
        "data_source": "verkosto",
        "publisher": None,
        "@context": "http://schema.org",
        "@type": "Event/LinkedEvent",
        **ref("event", own(event)),
        "name": {"fi": "Päivä", "sv": "Dagen"},
        "short_description": {"fi": "Tiivistelmä.", "sv": "Sammandrag."},
        "description": {"fi": "Tiivistelmä.", "sv": "Sammandrag."},
        "info_url": {"fi": event.full_url, "sv": course.swedish.full_url},
        "provider": {"fi": "Virasto", "sv": "Virasto"},
        "start_time": "2126-09-16T10:00:00Z",
        "end_time": "2126-09-16T12:45:00Z",
        "event_status": "EventScheduled",
        "type_id": "General",
        "super_event": ref("event", own(course.series)),
        "super_event_type": None,
        "sub_events": [],
        "location": ref("place", own(course.venue)),
        "location_extra_info": {"fi": "A1", "sv": "A1"},
        "keywords": [ref("keyword", "yso:p554"), ref("keyword", own(topic))],
        "in_language": [ref("language", "fi"), ref("language", "sv")],
        "offers": [
            {
                "is_free": True,
                "price": {"fi": "Maksuton.", "sv": "Avgiftsfritt"},
                "description": None,
                "info_url": {"fi": event.full_url, "sv": course.swedish.full_url},
            }
        ],
        "deleted": False,
        "local": False,
        **dict.fromkeys(("created_time", "date_published", "last_modified_time")),
        **dict.fromkeys(("enrolment_start_time", "enrolment_end_time", "maximum_attendee_capacity")),
        **dict.fromkeys(("audience_max_age", "audience_min_age", "custom_data", "environment", "replaced_by")),
        **dict.fromkeys(("environmental_certificate", "minimum_attendee_capacity", "provider_contact_info")),
        **{name: [] for name in ("audience", "external_links", "images", "videos")},
    }
    found = read(client, EVENTS + own(event) + "/")
    assert found == expected
    validate_one(found, EVENT)
    assert read(client, f"{EVENTS}?super_event_type=none") == {
        "meta": {"count": 1, "next": None, "previous": None},
        "data": [expected],
    }


def test_series_is_a_super_event_with_the_times_of_its_events(client: Client, course: Course) -> None:
    later = EventPageFactory(
        parent=course.series, title="Toinen", slug="toinen", date_precision="date", starts_at=None,
        starts_on=date(2126, 10, 1), ends_on=date(2126, 10, 2),
    )  # fmt: skip
    found = read(client, EVENTS + own(course.series) + "/")
    validate_one(found, EVENT)
    fields = ("name", "super_event_type", "sub_events", "start_time", "end_time", "location", "super_event")
    assert {name: found[name] for name in fields} == {
        "name": {"fi": "Kurssi", "sv": "Kurs"},
        "super_event_type": "recurring",
        "sub_events": [ref("event", own(course.event)), ref("event", own(later))],
        "start_time": "2126-09-16T10:00:00Z",
        "end_time": "2126-10-02",
        "location": None,
        "super_event": None,
    }


def test_places_and_keywords_are_included_or_read_by_themselves(client: Client, course: Course) -> None:
    found = read(client, EVENTS + own(course.event) + "/" + WITH_ALL)
    validate_one(found, EVENT)
    place, keyword = found["location"], found["keywords"][0]
    fields = ("id", "name", "street_address", "address_locality", "postal_code", "address_country", "n_events")
    assert {name: place[name] for name in fields} == {
        "id": own(course.venue),
        "name": {"fi": "Säätytalo", "sv": "Ständerhuset"},
        "street_address": {"fi": "Snellmaninkatu 9", "sv": "Snellmansgatan 9"},
        "address_locality": {"fi": "Helsinki", "sv": "Helsingfors"},
        "postal_code": "00100",
        "address_country": "FI",
        "n_events": 1,
    }
    fields = ("id", "data_source", "name", "same_as", "n_events", "has_upcoming_events")
    assert {name: keyword[name] for name in fields} == {
        "id": "yso:p554",
        "data_source": "yso",
        "name": {"fi": "Johtaminen", "sv": "Ledning"},
        "same_as": CONCEPT,
        "n_events": 1,
        "has_upcoming_events": True,
    }
    for kind, schema, included in (("place", PLACE, [place]), ("keyword", KEYWORD, found["keywords"])):
        listed = read(client, f"{BASE}{kind}/")
        validate_list(listed, schema)
        assert listed == {"meta": {"count": len(included), "next": None, "previous": None}, "data": included}
        assert read(client, f"{BASE}{kind}/{included[0]['id']}/") == included[0]
        assert read(client, f"{BASE}{kind}/?text=tal&has_upcoming_events=true")["data"] == included[-1:]
        assert read(client, f"{BASE}{kind}/?text=muu")["data"] == []


def test_an_id_may_be_written_without_hyphens(client: Client, course: Course) -> None:
    for kind, row in (("event", course.event), ("place", course.venue)):
        path = f"{BASE}{kind}/verkosto:{row.translation_key.hex}/"
        assert read(client, path)["id"] == own(row)


def test_event_that_is_only_online_is_on_the_internet(client: Client, course: Course) -> None:
    event = EventPageFactory(parent=course.calendar, title="Verkossa", slug="verkossa", attendance="online")
    found = read(client, f"{EVENTS}{own(event)}/?include=location")["location"]
    validate_one(found, PLACE)
    assert (found["id"], found["name"]) == (
        "verkosto:internet",
        {"fi": "Verkossa", "sv": "På nätet", "en": "Online"},
    )
    assert read(client, f"{BASE}place/verkosto:internet/") == found
    assert read(client, f"{BASE}place/")["data"][-1] == found
    assert names(client, "location=verkosto:internet") == ["Verkossa"]


def test_only_public_versions_are_read(client: Client, course: Course) -> None:
    draft = EventPageFactory(parent=course.calendar, slug="luonnos", live=False, venue=VenueFactory())
    hidden = EventPageFactory(parent=course.calendar, slug="salainen", venue=VenueFactory())
    TopicLink.objects.create(page=hidden, topic=TopicFactory(slug="salaisuus"), locale=hidden.locale)
    restrict(hidden)
    Page.objects.get(pk=course.swedish.pk).specific.unpublish()

    found = read(client, f"{EVENTS}?super_event_type=none")["data"]
    assert [each["name"] for each in found] == [{"fi": "Päivä"}]
    for event in (draft, hidden):
        missing = client.get(f"{EVENTS}{own(event)}/")
        assert (missing.status_code, missing.json()) == (404, {"detail": "There is no such event."})
        assert client.get(f"{BASE}place/{own(event.venue)}/").status_code == 404
    assert len(read(client, f"{BASE}place/")["data"]) == 1
    assert len(read(client, f"{BASE}keyword/")["data"]) == 2
    EventPage.objects.get(pk=course.event.pk).unpublish()
    assert read(client, f"{EVENTS}?super_event_type=none")["data"] == []
    assert read(client, EVENTS + own(course.series) + "/")["sub_events"] == []


def test_version_whose_original_is_not_public_is_read(client: Client, course: Course) -> None:
    EventPage.objects.get(pk=course.event.pk).unpublish()
    EventPage.objects.filter(pk=course.swedish.pk).update(live=True)
    assert read(client, EVENTS + own(course.event) + "/")["name"] == {"sv": "Dagen"}


def test_addresses_that_there_are_not(client: Client, course: Course) -> None:
    for path, detail in {
        "event/verkosto:x/": "There is no such event.",
        "event/other:1/": "There is no such event.",
        "place/x/": "There is no such place.",
        "keyword/yso:p1/": "There is no such keyword.",
        "language/de/": "There is no such language.",
        "event/?page=2": "Invalid page.",
        "organization/": "Not found.",
    }.items():
        answer = client.get(BASE + path)
        assert (path, answer.status_code, answer.json()) == (path, 404, {"detail": detail})
    assert client.post(EVENTS).status_code == 405
