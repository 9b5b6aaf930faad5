from datetime import date, time

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from event_pages.models import AgendaItem, AgendaSpeaker, EventPage
from home.models import HomePage
from tests.factories import EventIndexPageFactory, EventPageFactory, NewsIndexPageFactory, fill_event
from tests.factories.registrations import desk_of, event_with_desk, question
from verkosto.core.prefetch import ask_together, hand_out
from verkosto.registrations.models import Desk, Question


@pytest.fixture
def event(homes: dict[str, HomePage]) -> EventPage:
    event = fill_event(EventPageFactory(parent=EventIndexPageFactory(parent=homes["fi"]), title="”Päivä” — 1"), 3)
    event.agenda_items.update(day=date(2126, 9, 16))
    return event


def columns(rows: object) -> list[dict[str, object]]:
    return [{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields} for row in rows]  # type: ignore[attr-defined]  # querysets of anything


def test_rows_are_those_of_querysets_asked_one_by_one(event: EventPage, django_assert_num_queries: object) -> None:
    page = event_with_desk(
        index=event.get_parent().specific,
        questions=[question("text", "Mitä?")],
        registration_opens_at=timezone.now(),
    )
    desk = desk_of(page)
    querysets = [
        EventPage.objects.select_related("venue", "locale"),  # over a hundred columns of every kind
        AgendaItem.objects.order_by("-starts_at"),
        AgendaSpeaker.objects.select_related("person__organisation")[:2],
        Desk.objects.filter(pk=desk.pk),
        Question.objects.filter(desk=desk),
        AgendaItem.objects.none(),
    ]
    expected = [columns(queryset.all()) for queryset in querysets]
    assert len(expected[1]) == 3
    assert expected[1][0]["starts_at"] == time(13, 2)

    with django_assert_num_queries(1):  # type: ignore[operator]  # all of them
        ask_together(*querysets)
        assert [columns(queryset) for queryset in querysets] == expected
        assert [speaker.person.organisation.name for speaker in querysets[2]]


def test_values_annotations_and_what_is_known_already(event: EventPage, django_assert_num_queries: object) -> None:
    titles = AgendaItem.objects.values_list("title", "day").order_by("title")
    doubled = EventPage.objects.annotate(depths=F("depth") * 2)
    known = AgendaItem.objects.all()
    list(known)
    fields = doubled.get().__dict__.keys()

    with django_assert_num_queries(1):  # type: ignore[operator]  # all of them
        ask_together(titles, doubled, known, ["of a preview"])
        assert next(iter(titles)) == ("Puheenvuoro 0", date(2126, 9, 16))
        assert doubled[0].depths == event.depth * 2
    assert doubled[0].__dict__.keys() == fields


def test_what_was_asked_together_can_be_narrowed_afterwards(event: EventPage) -> None:
    items, events = AgendaItem.objects.all(), EventPage.objects.all()
    ask_together(items, events)

    assert items.filter(title="Puheenvuoro 1").count() == 1


def test_rows_are_handed_out_as_prefetched(event: EventPage, django_assert_num_queries: object) -> None:
    items, speakers = AgendaItem.objects.order_by("title"), AgendaSpeaker.objects.all()
    ask_together(items, speakers)

    with django_assert_num_queries(0):  # type: ignore[operator]  # no item asks for its speakers
        hand_out(items, "speakers", speakers, "item_id")
        assert [[speaker.item_id for speaker in item.speakers.all()] for item in items] == [[i.pk] for i in items]


def test_pages_of_several_types(homes: dict[str, HomePage]) -> None:
    news = NewsIndexPageFactory(parent=homes["fi"])
    found = type(news).objects.all(), HomePage.objects.select_related("locale").order_by("-path")
    with CaptureQueriesContext(connection) as captured:
        ask_together(*found)

    assert len(captured) == 1
    assert [page.locale.language_code for page in found[1]] == ["en", "sv", "fi"]
