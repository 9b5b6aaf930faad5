"""Control characters in editors' texts (finding: ``A\\x0bB`` in a title made three pages' feeds answer 500)."""

from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client

from tests.factories import PersonFactory
from tests.factories.registrations import event_with_desk

pytestmark = pytest.mark.django_db


def test_texts_are_stored_without_control_characters_and_with_their_spaces() -> None:
    event = event_with_desk(title="A\x0bB 16.\N{NO-BREAK SPACE}syyskuuta\x07")
    event.summary = "Yksi\u2028kaksi \U0001f469\u200d\U0001f4bb"
    event.save()
    assert event.title == "A B 16.\N{NO-BREAK SPACE}syyskuuta"
    assert event.summary == "Yksi kaksi \U0001f469\u200d\U0001f4bb"
    person = PersonFactory.build(name="Aino\vEsimerkki\x00")
    person.clean_fields(exclude=["locale"])
    assert person.name == "Aino Esimerkki"


@pytest.mark.parametrize("name", ["events.rss", "events.atom"])
def test_control_character_stored_before_breaks_no_feed(client: Client, name: str) -> None:
    event = event_with_desk()
    index: Any = event.get_parent().specific
    nul = "" if connection.vendor == "postgresql" else "\x00"  # which PostgreSQL does not store
    for page in (event, index):
        dirty = (
            {"title": "A\x0bB\ufffe", "summary": f"klo\u200910{nul}"} if page.pk == event.pk else {"title": "A\x0bB"}
        )
        type(page).objects.filter(pk=page.pk).update(**dirty)
    response = client.get(f"{index.url}{name}")
    assert response.status_code == 200
    text = "".join(ElementTree.fromstring(response.content).itertext())  # noqa: S314 our own feed
    assert "A B" in text
    assert "klo 10" in text
