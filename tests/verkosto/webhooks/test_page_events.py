"""What the publication of pages and outdated translations become."""

from datetime import timedelta

import pytest
from wagtail.models import PageViewRestriction

from tests.factories.home import home_tree
from tests.factories.registrations import event_with_desk, in_three_languages, publish
from verkosto.core.signals import translation_becomes_outdated
from verkosto.webhooks.models import Delivery

pytestmark = pytest.mark.django_db


def told() -> list[str]:
    """The events since the last call."""
    names = list(Delivery.objects.order_by("pk").values_list("event", flat=True))
    Delivery.objects.all().delete()
    return names


def test_event_is_published_changed_and_cancelled(make_endpoint):
    event = event_with_desk()
    make_endpoint()
    event = publish(event)
    assert told() == ["page.published", "event.published"]
    event.starts_at += timedelta(hours=1)
    event = publish(event)
    changed = Delivery.objects.get(event="event.changed")
    assert changed.data["changed"] == ["starts_at"]
    assert changed.data["page"]["key"] == str(event.translation_key)
    assert told() == ["page.published", "event.published", "event.changed"]
    event.status = "cancelled"
    event = publish(event)
    assert Delivery.objects.get(event="event.cancelled").data["event"]["status"] == "cancelled"
    assert told() == ["page.published", "event.published", "event.cancelled"]
    publish(event)
    assert told() == ["page.published", "event.published"]


def test_event_without_registration_is_told_of_too(make_endpoint):
    event = event_with_desk(index=None, title="Avoin")
    event.registration_enabled = False
    event = publish(event)
    make_endpoint(events=["event.cancelled"])
    event.status = "cancelled"
    publish(event)
    assert told() == ["event.cancelled"]


def test_page_without_registration_is_no_event(make_endpoint):
    home = home_tree()["fi"]
    make_endpoint()
    publish(home)
    (row,) = Delivery.objects.all()
    assert row.event == "page.published"
    assert (row.data["page"]["id"], row.data["page"]["language"], row.data["page"]["title"]) == (
        home.pk,
        "fi",
        home.title,
    )


def test_private_page_is_not_told_of(make_endpoint):
    event = event_with_desk()
    make_endpoint()
    PageViewRestriction.objects.create(page=event.get_parent(), restriction_type="login")
    publish(event)
    assert told() == []


def test_outdated_translation_names_its_page(make_endpoint):
    pages = in_three_languages(event_with_desk())
    make_endpoint(events=["translation.outdated"], page=pages["fi"].get_parent())
    swedish = pages["sv"]
    translation_becomes_outdated.send(
        type(swedish), translation_key=swedish.translation_key, locale=swedish.locale, is_page=True
    )
    (row,) = Delivery.objects.all()
    assert (row.data["translation"]["language"], row.data["translation"]["page"]["id"]) == ("sv", swedish.pk)
