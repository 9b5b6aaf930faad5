"""What a proxy in front of the site is told to forget."""

import pytest

from home.models import HomePage
from tests.factories import EventIndexPageFactory, EventPageFactory
from verkosto.core import frontend_cache

HERE = "http://localhost/fi/"
LISTS = ("", "calendar.ics", "events.rss", "events.atom", "events.json")


@pytest.fixture
def purged(settings, monkeypatch, django_capture_on_commit_callbacks):
    """A function that runs another and returns the addresses that are purged after its commit."""
    settings.WAGTAILFRONTENDCACHE = {
        "default": {"BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend", "LOCATION": "http://proxy"}
    }
    told: list[str] = []
    monkeypatch.setattr(frontend_cache, "purge_urls_from_cache", told.extend)

    def run(change):
        told.clear()
        with django_capture_on_commit_callbacks(execute=True):
            change()
        return set(told)

    return run


def test_published_page_is_purged_with_its_files_and_the_lists_above(homes: dict[str, HomePage], purged) -> None:
    index = EventIndexPageFactory(parent=homes["fi"], slug="tapahtumat")
    event = EventPageFactory(parent=index, slug="aamukahvit")
    above = {f"{HERE}{name}" for name in LISTS} | {f"{HERE}tapahtumat/{name}" for name in LISTS}
    own = {f"{HERE}tapahtumat/aamukahvit/{name}" for name in ("", "event.ics", "event.jsonld")}

    assert purged(lambda: event.save_revision().publish()) == above | own
    assert purged(event.unpublish) == above | own


def test_page_made_private_is_purged_with_all_below_it(homes: dict[str, HomePage], purged) -> None:
    index = EventIndexPageFactory(parent=homes["fi"], slug="tapahtumat")
    EventPageFactory(parent=index, slug="aamukahvit")

    addresses = purged(lambda: index.view_restrictions.create(restriction_type="login"))

    assert {f"{HERE}tapahtumat/{name}" for name in LISTS} <= addresses
    assert f"{HERE}tapahtumat/aamukahvit/event.ics" in addresses
    assert HERE in addresses


def test_nothing_is_purged_without_a_cache_in_front(homes: dict[str, HomePage], purged, settings) -> None:
    settings.WAGTAILFRONTENDCACHE = {}
    assert purged(lambda: homes["fi"].save_revision().publish()) == set()
