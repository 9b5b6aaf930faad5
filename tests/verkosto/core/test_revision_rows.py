"""Publishing an older revision whose parent row was deleted, or made anew, keeps the rows below it."""

import pytest

from event_pages.models import AgendaItem, AgendaSpeaker, EventPage
from tests.factories.directory import PersonFactory
from tests.factories.events import EventPageFactory


@pytest.fixture
def event(homes):
    page = EventPageFactory.build(title="Tapahtuma", slug="tapahtuma", locale=homes["fi"].locale)
    item = AgendaItem(title="Avaus", locale=page.locale)
    item.speakers = [AgendaSpeaker(role="ministeri", locale=page.locale)]
    page.agenda_items = [item]
    homes["fi"].add_child(instance=page)
    page.save_revision().publish()
    return page


def agenda(page):
    items = AgendaItem.objects.filter(page=page)
    return [(item.title, [speaker.role for speaker in item.speakers.all()]) for item in items]


@pytest.mark.parametrize("is_made_anew", [True, False])
def test_an_older_revision_keeps_the_speakers_of_a_row_that_is_gone(is_made_anew, event):
    older = event.save_revision()
    (item,) = AgendaItem.objects.filter(page=event)
    key = item.translation_key
    page = EventPage.objects.get(pk=event.pk)
    page.agenda_items.clear()
    if is_made_anew:
        page.agenda_items.add(AgendaItem(title="Avaus", translation_key=key, locale=event.locale))
    page.save()
    assert agenda(event) == ([("Avaus", [])] if is_made_anew else [])
    older.publish()
    assert agenda(event) == [("Avaus", ["ministeri"])]
    assert AgendaItem.objects.get(page=event).translation_key == key


def test_a_revision_of_stored_rows_is_read_as_it_is(event):
    revision = event.save_revision()
    draft = revision.as_object()
    (item,) = draft.agenda_items.all()
    (speaker,) = item.speakers.all()
    assert (item.pk, speaker.pk) == (AgendaItem.objects.get(page=event).pk, AgendaSpeaker.objects.get().pk)


def test_a_revision_drops_a_row_whose_target_was_deleted_and_keeps_the_others(event):
    kept, gone = PersonFactory(), PersonFactory()
    for person in (kept, gone):
        AgendaSpeaker.objects.create(item=AgendaItem.objects.get(page=event), person=person, locale=event.locale)
    revision = EventPage.objects.get(pk=event.pk).save_revision()
    gone.delete()
    (item,) = revision.as_object().agenda_items.all()
    assert [str(speaker) for speaker in item.speakers.all()] == ["ministeri", kept.name]


def test_reading_a_revision_costs_the_same_at_one_row_and_at_thirty(event, django_assert_num_queries):
    for count in (1, 29):
        for _number in range(count):
            person = PersonFactory()
            event.agenda_items.add(
                AgendaItem(title="Osa", locale=event.locale, speakers=[AgendaSpeaker(person=person)])
            )
        content = event.save_revision().content
        with django_assert_num_queries(7):
            EventPage.from_serializable_data(content)
