"""What all lists of the API have in common."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from event_pages.models import EventIndexPage
from home.models import HomePage
from tests.factories import EventIndexPageFactory, EventPageFactory, TopicFactory, VenueFactory
from tests.recordings import recorded
from verkosto.directory.models import TopicLink
from verkosto.registrations.models import RateLimitCount

EVENTS = "/api/v1/events"


@pytest.fixture
@recorded
def calendar(homes: dict[str, HomePage]) -> EventIndexPage:
    calendar = EventIndexPageFactory(parent=homes["fi"], slug="tapahtumat")
    for title in ("a", "b", "c"):
        EventPageFactory(parent=calendar, title=title, slug=title)
    return calendar


def problem(client: Client, path: str) -> dict[str, Any]:
    answer = client.get(path)
    assert answer["Content-Type"] == "application/problem+json"
    found: dict[str, Any] = answer.json()
    assert found["status"] == answer.status_code
    return found


def test_answer_is_for_every_cache_and_every_site(client: Client, calendar: EventIndexPage) -> None:
    answer = client.get(EVENTS, headers={"Accept-Language": "sv"})
    headers = {name: answer.get(name) for name in ("Content-Type", "Cache-Control", "Content-Language", "Vary")}
    assert headers == {
        "Content-Type": "application/json",
        "Cache-Control": "public, max-age=5, s-maxage=60",
        "Content-Language": "fi",
        "Vary": "Accept-Encoding",
    }
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies

    again = client.get(EVENTS, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"])
    EventPageFactory(parent=calendar, title="d")
    changed = client.get(EVENTS, headers={"If-None-Match": answer["ETag"]})
    assert (changed.status_code, changed.json()["count"]) == (200, 4)


def test_every_read_address_answers_not_modified(client: Client, calendar: EventIndexPage) -> None:
    """Lists, single things, the document, linked data, and what programs of LinkedEvents read."""
    event = EventPageFactory(parent=calendar, title="e", venue=VenueFactory())
    TopicLink.objects.create(page=event, topic=TopicFactory(slug="johtaminen"), locale=event.locale)
    lists = [f"/api/v1/{name}" for name in ("events", "series", "networks", "news", "venues", "topics")]
    ones = [f"{path}/{client.get(path).json()['items'][0]['id']}" for path in (lists[0], lists[4], lists[5])]
    linked = [f"/linkedevents/v1/{name}/" for name in ("event", "place", "keyword", "language")]
    linked += [f"{path}{client.get(path).json()['data'][0]['id']}/" for path in linked]
    others = ["/api/v1/openapi.json", f"{event.url}event.jsonld", "/linkedevents/v1/"]
    for path in (*lists, *ones, *linked, *others):
        answer = client.get(path)
        again = client.get(path, headers={"If-None-Match": answer["ETag"]})
        assert (path, answer.status_code, again.status_code, again.content) == (path, 200, 304, b"")
        assert client.get(path, headers={"If-None-Match": '"another"'}).content == answer.content


def test_head_is_answered_like_get_without_the_body(client: Client, calendar: EventIndexPage) -> None:
    answer, head = client.get(EVENTS), client.head(EVENTS)
    del answer.headers["X-Request-ID"], head.headers["X-Request-ID"]  # each request has its own
    assert (head.status_code, dict(head.headers), head.content) == (200, dict(answer.headers), b"")
    missing = client.head(f"{EVENTS}/{calendar.translation_key}")
    assert (missing.status_code, missing["Content-Type"], missing.content) == (404, "application/problem+json", b"")
    assert client.head("/api/v1/desks").status_code == client.get("/api/v1/desks").status_code == 401


def test_portions_lead_to_each_other(client: Client, calendar: EventIndexPage) -> None:
    first = client.get(f"{EVENTS}?limit=2&time=all").json()
    assert ([item["title"] for item in first["items"]], first["count"], first["previous"]) == (["a", "b"], 3, None)
    address = urlsplit(first["next"])
    second = client.get(f"{address.path}?{address.query}").json()
    assert ([item["title"] for item in second["items"]], second["next"]) == (["c"], None)
    assert urlsplit(second["previous"]).query == "limit=2&offset=0&time=all"
    assert client.get(f"{EVENTS}?offset=9").json()["items"] == []


def test_other_language_has_its_own_pages(client: Client, calendar: EventIndexPage) -> None:
    assert client.get(f"{EVENTS}?lang=sv").json()["items"] == []
    assert problem(client, f"{EVENTS}?lang=de")["status"] == 422


@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=101", "limit=x", "offset=-1", f"offset={10**30}", "month=2026-13", "month=x", "time=soon",
        "kind=party", "network=1", "topic=" + "x" * 5000, "attendance=hybrid", "language=de", "unknown=1", "limit=",
        "lang=%ED%A0%80", "month=2026-01%0A",
    ],
)  # fmt: skip
def test_malformed_parameters_are_refused(client: Client, calendar: EventIndexPage, query: str) -> None:
    found = problem(client, f"{EVENTS}?{query}")
    assert (found["status"], found["title"]) == (422, "Unprocessable Entity")
    assert [error["loc"][-1] for error in found["errors"]] == [query.partition("=")[0]]


def test_unknown_things_are_named_as_problems(client: Client, calendar: EventIndexPage) -> None:
    key = calendar.translation_key
    assert problem(client, f"{EVENTS}/{key}")["detail"] == "There is no such event in this language."
    assert problem(client, "/api/v1/nothing")["detail"] == "There is nothing at this address."
    assert problem(client, f"{EVENTS}/x")["status"] == 422
    assert client.post(EVENTS).status_code == 405


def test_only_answers_that_are_made_count_for_the_limit(
    client: Client, calendar: EventIndexPage, settings: Any
) -> None:
    settings.REGISTRATION_LIMITS = {"api": "1/hour"}
    assert [client.get(EVENTS).status_code for _ in range(3)] == [200] * 3
    assert RateLimitCount.objects.count() == 1
    refused = client.get(f"{EVENTS}?limit=3")
    assert (refused.status_code, refused["Retry-After"]) == (429, "3600")
    assert refused.json()["detail"] == "Too many requests from your network. Try again later."
