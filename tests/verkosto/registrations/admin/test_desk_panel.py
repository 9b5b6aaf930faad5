from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from tests.factories.registrations import desk_of, event_with_desk, question
from verkosto.registrations.sync.form_changes import consequences


@pytest.fixture
def event(db):
    starts_at = timezone.now() + timedelta(days=30)
    choice = question("choice", "Työpaja", choices=["Arki", "Juhla"])
    return event_with_desk(title="Verkostopäivä", questions=[choice], starts_at=starts_at, capacity=10)


def test_the_page_editor_shows_that_people_have_registered(admin_client, event, make_registration):
    desk = desk_of(event)
    make_registration(desk)
    html = admin_client.get(reverse("wagtailadmin_pages:edit", args=[event.pk])).content.decode()
    assert reverse("verkosto_registrations_admin:registrations", args=[desk.pk]) in html
    assert "help-warning" in html


def test_the_page_editor_shows_what_a_draft_does_to_the_answers(admin_client, event, make_registration):
    choice, words = event.questions[0], question("text", "Titteli")
    event.questions = [*event.questions.raw_data, words]
    event.save_revision().publish()
    desk = desk_of(event)
    answers = {choice.id: choice.value["choices"].bound_blocks[0].id, words["id"]: "Johtaja"}
    for _number in range(2):
        make_registration(desk, answers=answers)
    url = reverse("wagtailadmin_pages:edit", args=[event.pk])
    assert consequences(desk, event.get_latest_revision_as_object()) == []

    raw = list(type(event).objects.get(pk=event.pk).questions.raw_data)
    raw[0]["value"]["label"] = "Ryhmä"
    raw[0]["value"]["choices"] = raw[0]["value"]["choices"][1:]
    event.questions, event.capacity = [raw[0], question("text", "Uusi")], 1
    event.save_revision()
    told = consequences(desk, event.get_latest_revision_as_object())
    html = admin_client.get(url).content.decode()
    assert len(told) == 5
    assert all(escape(sentence) in html for sentence in told)
    assert [sentence.count(" 2 ") for sentence in told if "Arki" in sentence or "Titteli" in sentence] == [1, 1]
