"""Copies of what the demo holds, as far down as its rows go."""

from typing import Any

import pytest
from django.test import Client, TestCase
from django.urls import reverse
from wagtail.models import Page

from cms.demo.content import NODES
from cms.demo.loader.nodes import Nodes, stable_key
from event_pages.models import AgendaItem, AgendaSpeaker
from network_pages.models import LearningPair, PairMember
from tests.page_copies import keys, pks, stored, values
from verkosto.registrations.models import Desk

TYPES = sorted({node.model for node in NODES if node.model.endswith("Page")})


def fullest(demo: Nodes, model: str, language: str = "fi") -> Page:
    """Of the pages of a type the one with the most rows of its own."""
    nodes = [node.key for node in NODES if node.model == model]
    pages = [demo.page(key, language) for key in nodes if demo.find(key, language)]
    return max(pages, key=lambda page: len(pks(page)))


def parent_of_copies(page: Page) -> Page:
    """Where a copy may stand: of some types there is one below a page."""
    parent = page.get_parent()
    if page.max_count_per_parent is None:
        return parent
    return parent.specific.copy(update_attrs={"slug": "toinen", "title": "Toinen"})


def assert_a_copy(copy: Page, original: Page, **changed: str) -> None:
    copy = copy.specific
    assert values(copy) == values(original) | changed
    assert copy.translation_key != original.translation_key
    assert len({*pks(copy)}) == len(pks(original))
    assert {*pks(copy)}.isdisjoint(pks(original))
    assert len({*keys(copy)}) == len(keys(original))
    assert {*keys(copy)}.isdisjoint(keys(original))


def nothing_left(page: Page) -> bool:
    """Whether the draft and the published page hold the same rows."""
    content = page.get_latest_revision().content
    return (keys(page, content), pks(page, content)) == (keys(page), pks(page))


@pytest.mark.parametrize("model", TYPES)
def test_page_is_copied_with_the_admins_form(model: str, demo: Nodes, admin_client: Client) -> None:
    page = fullest(demo, model)
    before, parent = stored(page), parent_of_copies(page)
    data = {"new_title": "Kopio", "new_slug": "kopio", "new_parent_page": parent.pk, "publish_copies": "on"}
    with TestCase.captureOnCommitCallbacks(execute=True):
        response = admin_client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)
    assert response.status_code == 302
    copy = Page.objects.child_of(parent).get(slug="kopio").specific

    assert (copy.title, copy.live, type(copy)) == ("Kopio", True, type(page))
    # The link by which people join one event is of no use at another.
    assert_a_copy(copy, page, **({"joining_url": ""} if "joining_url" in values(page) else {}))
    assert nothing_left(copy)
    assert stored(page) == before


def test_tree_is_copied_with_everything_below(demo: Nodes) -> None:
    home = demo.page("home", "fi").specific
    originals = list(home.get_descendants(inclusive=True).specific().order_by("path"))
    before = [stored(page) for page in originals]
    rows = (AgendaItem, AgendaSpeaker, LearningPair, PairMember)
    counts = {model: model.objects.filter(locale=home.locale).count() for model in rows}
    assert all(counts.values())

    with TestCase.captureOnCommitCallbacks(execute=True):
        copied = home.copy(recursive=True, update_attrs={"slug": "kopio", "title": "Kopio"})

    copies = list(Page.objects.get(pk=copied.pk).get_descendants(inclusive=True).specific().order_by("path"))
    assert {page._meta.label for page in originals} == {*TYPES}
    assert [type(page) for page in copies] == [type(page) for page in originals]
    for copy, original in zip(copies, originals, strict=True):
        assert_a_copy(copy, original)
        assert nothing_left(copy)
    assert {model: model.objects.filter(locale=home.locale).count() for model in rows} == {
        model: 2 * count for model, count in counts.items()
    }
    assert [stored(page) for page in originals] == before


@pytest.mark.parametrize("model", ["verkosto_events.EventPage", "verkosto_networks.ProgrammeRoundPage"])
def test_copied_draft_is_published_with_the_rows_of_the_copy(model: str, demo: Nodes) -> None:
    page = fullest(demo, model)
    before = stored(page)
    copy = page.copy(update_attrs={"slug": "kopio", "title": "Kopio"}, keep_live=False)
    own = keys(copy)

    with TestCase.captureOnCommitCallbacks(execute=True):
        copy.get_latest_revision().publish()

    assert_a_copy(copy, page)
    assert keys(copy) == own
    assert stored(page) == before


def test_copied_registration_has_a_desk_and_questions_of_its_own(demo: Nodes) -> None:
    def asked(desk: Desk) -> list[tuple[Any, ...]]:
        return list(desk.questions.values_list("key", "type", "labels", "choice_rows", "position"))

    page = demo.page("event.theme-day", "fi").specific
    desk = Desk.objects.get(translation_key=stable_key("event.theme-day"))
    before, registered = list(desk.questions.values()), desk.registrations.count()
    with TestCase.captureOnCommitCallbacks(execute=True):
        copy = page.copy(update_attrs={"slug": "kopio", "title": "Kopio"})

    own = Desk.objects.get(translation_key=copy.translation_key)
    assert own.pk != desk.pk
    assert (own.takes_registrations, own.capacity, own.registrations.count()) == (True, desk.capacity, 0)
    finnish = [
        (key, kind, {"fi": labels["fi"]}, [row | {"labels": {"fi": row["labels"]["fi"]}} for row in choices], position)
        for key, kind, labels, choices, position in asked(desk)
    ]
    assert asked(own) == finnish
    assert (list(desk.questions.values()), desk.registrations.count()) == (before, registered)
