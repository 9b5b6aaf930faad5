"""What publishing a page notes."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import EventPageFactory, StandardPageFactory, in_language
from verkosto.subscriptions.models import PageChange

pytestmark = pytest.mark.django_db


def noted(page: Any) -> tuple[bool, bool] | None:
    """Return whether a page is noted as new and as changed; None where nothing is noted."""
    row = PageChange.objects.filter(page_id=page.pk).first()
    return row and (row.new_at is not None, row.changed_at is not None)


def publish(page: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_facts_of_an_event_are_news_and_its_texts_are_not(network: Any) -> None:
    event = EventPageFactory(parent=network, first_published_at=None)
    publish(event)
    assert noted(event) == (True, False)
    publish(event, title="Toinen nimi", summary="Toinen tiivistelmä.")
    assert noted(event) == (True, False)
    publish(event, room="Iso sali")
    assert noted(event) == (True, True)


def test_page_that_was_public_before_is_not_new(network: Any) -> None:
    event = EventPageFactory(parent=network, first_published_at=timezone.now() - timedelta(days=30))
    publish(event)
    assert noted(event) == (False, False)


def test_facts_of_the_original_are_news_in_every_language(homes: Any, calendar: Any) -> None:
    in_language(calendar, "sv", slug="evenemang")
    event = EventPageFactory(parent=calendar, first_published_at=timezone.now() - timedelta(days=30))
    swedish = in_language(event, "sv", slug="kaffe", first_published_at=event.first_published_at)
    publish(event)
    assert (noted(event), noted(swedish)) == ((False, False), (False, False))
    publish(event, starts_at=event.starts_at + timedelta(days=1), ends_at=None)
    assert (noted(event), noted(swedish)) == ((False, True), (False, True))


def test_other_pages_are_not_noted(homes: Any) -> None:
    page = StandardPageFactory(parent=homes["fi"])
    publish(page)
    assert noted(page) is None
