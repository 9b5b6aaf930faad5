"""A new agenda item or speaker is shown in the original's language, and marked, until it is translated."""

from datetime import time

import pytest
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from event_pages.models import AgendaItem, AgendaSpeaker, EventPage, Speaker
from tests.factories.events import EventPageFactory
from tests.verkosto.localisation.bodies import state
from tests.verkosto.localisation.conftest import translate_strings


@pytest.fixture
def swedish_event(homes, locales, commit):
    event = EventPageFactory.build(title="Tapahtuma", slug="tapahtuma", locale=homes["fi"].locale)
    event.agenda_items = [AgendaItem(title="Avaus", starts_at=time(9), locale=event.locale)]
    homes["fi"].add_child(instance=event)
    event.save_revision().publish()
    with commit():
        translate_object(event, [locales["sv"]])
    translation = Translation.objects.get(source__object_id=event.translation_key, target_locale=locales["sv"])
    with commit():
        translate_strings(translation.source, locales["sv"])
        translation.save_target(publish=True)
    return EventPage.objects.get(translation_key=event.translation_key, locale=locales["sv"])


def agenda(page):
    items = AgendaItem.objects.filter(page=page).order_by("sort_order")
    return [
        (item.title, item.abstract, item.text_language, [(s.role, s.text_language) for s in item.speakers.all()])
        for item in items
    ]


def test_finding_a_new_agenda_items_and_speakers_are_shown_marked_until_translated(
    client, swedish_event, homes, locales, commit
):
    original = EventPage.objects.get(translation_key=swedish_event.translation_key, locale=locales["fi"])
    item = AgendaItem(title="Keskustelu", abstract="<p>Aiheet</p>", starts_at=time(10), locale=original.locale)
    item.speakers = [AgendaSpeaker(role="pääjohtaja", locale=original.locale)]
    original.agenda_items.add(item)
    original.speakers.add(Speaker(role="ministeri", locale=original.locale))
    with commit():
        original.save_revision().publish()
    untranslated = ("Keskustelu", "<p>Aiheet</p>", "fi", [("pääjohtaja", "fi")])
    assert agenda(swedish_event) == [("sv Avaus", "", "", []), untranslated]
    assert list(Speaker.objects.filter(page=swedish_event).values_list("role", "text_language")) == [
        ("ministeri", "fi")
    ]
    assert state(swedish_event).state == "outdated"
    html = client.get(swedish_event.url).content.decode()
    assert '<h3><span lang="fi">Keskustelu</span></h3>' in html
    assert '<span lang="fi">ministeri</span>' in html
    assert "<h3>sv Avaus</h3>" in html

    # The original's text goes on being shown as it is, also when it changes.
    original = EventPage.objects.get(pk=original.pk)
    original.agenda_items.get_object_list()[1].title = "Keskustelua"
    with commit():
        original.save_revision().publish()
    assert agenda(swedish_event)[1][0] == "Keskustelua"

    translation = Translation.objects.get(source__object_id=original.translation_key, target_locale=locales["sv"])
    with commit():
        translate_strings(translation.source, locales["sv"])
        translation.save_target(publish=True)
    assert agenda(swedish_event)[1] == ("sv Keskustelua", "<p>sv Aiheet</p>", "", [("sv pääjohtaja", "")])
    assert state(swedish_event).state == "up_to_date"
    assert '<span lang="fi">' not in client.get(swedish_event.url).content.decode()


def test_a_translation_that_reads_as_the_original_is_not_marked(swedish_event, locales, commit):
    original = EventPage.objects.get(translation_key=swedish_event.translation_key, locale=locales["fi"])
    original.agenda_items.add(AgendaItem(title="Workshop", locale=original.locale))
    with commit():
        original.save_revision().publish()
    translation = Translation.objects.get(source__object_id=original.translation_key, target_locale=locales["sv"])
    with commit():
        translate_strings(translation.source, locales["sv"])
        translation.source.stringsegment_set.get(string__data="Workshop").string.translations.update(data="Workshop")
        translation.save_target(publish=True)
    assert agenda(swedish_event)[1] == ("Workshop", "", "", [])
