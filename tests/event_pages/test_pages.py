"""Events and their lists as visitors meet them."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils.translation import override

from event_pages.agenda import AgendaDay, group_by_day
from event_pages.blocks import EventListBlock
from event_pages.models import EventIndexPage, EventPage
from home.models import HomePage
from tests.factories import (
    EventIndexPageFactory,
    EventPageFactory,
    EventSeriesPageFactory,
    NetworkIndexPageFactory,
    NetworkPageFactory,
    PrivacyNoticeFactory,
    TopicFactory,
    fill_event,
    in_language,
    link_to_network,
)
from verkosto.directory.models import TopicLink


@pytest.fixture
def calendar(homes: dict[str, HomePage]) -> EventIndexPage:
    return EventIndexPageFactory(parent=homes["fi"], slug="tapahtumat")


def titles(client: Client, query: str = "") -> list[str]:
    return [event.title for event in client.get(f"/fi/tapahtumat/{query}").context["events"]]


def test_list_is_narrowed_by_every_choice(
    client: Client, calendar: EventIndexPage, homes: dict[str, HomePage]
) -> None:
    topic = TopicFactory(slug="johtaminen")
    network = NetworkPageFactory(parent=NetworkIndexPageFactory(parent=homes["fi"]))
    chosen = EventPageFactory(
        parent=calendar, title="valittu", kind="webinar", attendance="online", event_languages=["sv"]
    )
    TopicLink.objects.create(page=chosen, topic=topic, locale=chosen.locale)
    link_to_network(chosen, network)
    EventPageFactory(parent=calendar, title="muu")
    EventPageFactory(parent=calendar, title="mennyt", starts_at=datetime(2020, 2, 3, 7, tzinfo=UTC))

    assert titles(client) == ["valittu", "muu"]
    assert titles(client, "?time=past") == ["mennyt"]
    for choice in ("topic=johtaminen", "kind=webinar", "attendance=online", "language=sv"):
        assert titles(client, f"?{choice}") == ["valittu"]
    assert titles(client, f"?network={network.translation_key}") == ["valittu"]


@pytest.mark.parametrize(
    "query",
    ["?month=x", "?month=9999-12", "?page=99999999999", "?page=-1", "?network=1", "?topic=<script>"],
)
def test_list_takes_no_account_of_nonsense(client: Client, calendar: EventIndexPage, query: str) -> None:
    EventPageFactory(parent=calendar, title="tapahtuma")

    assert titles(client, query) == ["tapahtuma"]


def test_month_shows_each_event_on_its_days(client: Client, calendar: EventIndexPage) -> None:
    EventPageFactory(
        parent=calendar,
        title="kaksi päivää",
        date_precision="date",
        starts_at=None,
        starts_on=date(2126, 5, 31),
        ends_on=date(2126, 6, 1),
    )
    month = client.get("/fi/tapahtumat/?month=2126-06").context["month"]

    shown = {day.day: [event.title for event in day.events] for week in month.weeks for day in week if day.events}
    assert shown == {date(2126, 6, 1): ["kaksi päivää"]} | {
        day.day: ["kaksi päivää"] for day in month.weeks[0] if day.day == date(2126, 5, 31)
    }
    assert (month.previous, month.following) == (date(2126, 5, 1), date(2126, 7, 1))


def test_restricted_events_are_in_no_list(client: Client, calendar: EventIndexPage) -> None:
    from wagtail.models import PageViewRestriction

    event = EventPageFactory(parent=calendar, title="vain kirjautuneille")
    PageViewRestriction.objects.create(page=event, restriction_type="login")

    assert titles(client) == []


@pytest.mark.parametrize("count", [10, 1000])
def test_list_takes_as_many_queries_at_1000_events(
    calendar: EventIndexPage, count_queries: Callable[..., int], count: int
) -> None:
    first = EventPageFactory(parent=calendar, slug="e-0")
    copies = [
        EventPageFactory.build(
            parent=None, slug=f"e-{number}", title=f"Tapahtuma {number}", locale=first.locale, depth=first.depth
        )
        for number in range(1, 12 if count == 10 else 60)
    ]
    for copy in copies:
        calendar.add_child(instance=copy)
    if count == 1000:
        multiply(first, 940)

    assert count_queries("/fi/tapahtumat/") == 3
    assert count_queries("/fi/tapahtumat/", cold=True) == 14


def multiply(event: EventPage, count: int) -> None:
    """Copies of an event, written in bulk: rows in SQL are all that lists ask."""
    from wagtail.models import Page

    base = {field.attname: getattr(event, field.attname) for field in Page._meta.concrete_fields if field.name != "id"}
    own = {
        field.attname: getattr(event, field.attname)
        for field in EventPage._meta.local_concrete_fields
        if field.name != "page_ptr"
    }
    import uuid

    pages = []
    for number in range(count):
        values = {**base, "path": f"{event.path[:-4]}{9000 - number:04d}", "slug": f"copy-{number}"}
        values |= {"translation_key": uuid.uuid4(), "url_path": f"{event.url_path}{number}/"}
        pages.append(Page(**values))
    for page in Page.objects.bulk_create(pages):
        row = EventPage(page_ptr_id=page.pk, **own)
        row.__dict__.update({name: value for name, value in page.__dict__.items() if name in base})
        EventPage.save_base(row, raw=True, force_insert=True)


@pytest.mark.parametrize("count", [1, 30])
def test_event_takes_as_many_queries_with_30_speakers(
    calendar: EventIndexPage, count_queries: Callable[..., int], count: int
) -> None:
    series = EventSeriesPageFactory(parent=calendar, slug="kausi")
    fill_event(EventPageFactory(parent=series, slug="tapahtuma"), count)

    assert count_queries("/fi/tapahtumat/kausi/tapahtuma/") == 3
    assert count_queries("/fi/tapahtumat/kausi/tapahtuma/", cold=True) == 16


def test_event_without_agenda_shows_that_of_its_series(calendar: EventIndexPage) -> None:
    series = EventSeriesPageFactory(parent=calendar)
    fill_event(series, 2)
    event = EventPageFactory(parent=series)

    assert [item.title for day in event.shown_agenda for item in day.items] == ["Puheenvuoro 0", "Puheenvuoro 1"]
    assert event.agenda == []


def test_agenda_is_grouped_by_days() -> None:
    from event_pages.models import AgendaItem

    first, second = date(2126, 5, 5), date(2126, 5, 6)
    items = [AgendaItem(title=str(number), day=day) for number, day in enumerate((first, None, second, None))]

    assert group_by_day(items) == [AgendaDay(first, items[:2]), AgendaDay(second, items[2:])]


def test_registration_of_an_event_is_with_its_series_where_that_takes_all(calendar: EventIndexPage) -> None:
    open_to_all = {"registration_enabled": True, "privacy_notice": PrivacyNoticeFactory()}
    series = EventSeriesPageFactory(parent=calendar, registration_scope="whole", **open_to_all)
    event = EventPageFactory(parent=series, **open_to_all)
    assert event.registration_page == series

    series.registration_scope = "each"
    series.save()
    event = EventPage.objects.get(pk=event.pk)
    assert event.registration_page == event


def test_registration_facts_are_in_the_language_asked(calendar: EventIndexPage) -> None:
    event = EventPageFactory(
        parent=calendar, title="Aamukahvit", attendance="online", joining_url="https://meet.example.fi/x", slug="a"
    )
    in_language(calendar, "sv", slug="evenemang")
    in_language(event, "sv", title="Morgonkaffe", slug="b")

    facts = event.registration_facts("sv")

    assert (facts.title, facts.when.replace("\u00a0", " "), facts.where) == (
        "Morgonkaffe",
        "16 september 2126 kl. 13.00–15.45",
        "På nätet",
    )
    assert facts.joining == "https://meet.example.fi/x"
    assert [(entry.uid, entry.title) for entry in facts.entries] == [(event.calendar_uid, "Morgonkaffe")]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, ""),
        ({"status": "moved_online"}, "Flyttat till nätet"),
        ({"status": "postponed"}, "Framflyttat tills vidare"),
        ({"status": "postponed", "postponed_until": date(2127, 1, 15)}, "Framflyttat till 15 januari 2127"),
    ],
)
def test_status_text(db: None, values: dict[str, object], expected: str) -> None:
    with override("sv"):
        assert EventPage(**values).status_text.replace("\u00a0", " ") == expected


def test_event_list_block_gathers_in_the_language_of_its_page(
    calendar: EventIndexPage, homes: dict[str, HomePage]
) -> None:
    series = EventSeriesPageFactory(parent=calendar, slug="kausi")
    event = EventPageFactory(parent=series, title="Aamukahvit", slug="a")
    EventPageFactory(parent=calendar, title="muu", slug="b")
    in_language(calendar, "sv", slug="evenemang")
    in_language(series, "sv", slug="sasong")
    in_language(event, "sv", title="Morgonkaffe", slug="c")
    block = EventListBlock()
    value = block.to_python({"source": series.pk, "time": "upcoming", "count": 5})

    shown = {
        code: [event.title for event in block.get_context(value, {"page": homes[code]})["events"]]
        for code in ("fi", "sv", "en")
    }
    assert shown == {"fi": ["Aamukahvit"], "sv": ["Morgonkaffe"], "en": []}
