"""How many queries pages take with empty caches, and that the number does not grow: at most 25 (docs/decisions/0013)."""

from collections.abc import Callable
from typing import Any

import pytest

from event_pages.models import Organiser
from home.models import HomePage
from tests.factories import (
    EventIndexPageFactory,
    EventPageFactory,
    EventSeriesPageFactory,
    NetworkIndexPageFactory,
    NetworkPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammePageFactory,
    ProgrammeRoundPageFactory,
    SmallGroupPageFactory,
    StandardPageFactory,
    TopicFactory,
)
from tests.factories.registrations import event_with_desk, question
from verkosto.directory.models import TopicLink

COUNTS = pytest.mark.parametrize("count", [1, 30])


def endings(home: HomePage, count: int) -> dict[str, Any]:
    """Contacts and related pages for any page."""
    people = [
        PersonFactory(locale=home.locale, organisation=OrganisationFactory(locale=home.locale)) for _ in range(count)
    ]
    pages = [StandardPageFactory(parent=home) for _ in range(count)]
    return {
        "contacts": [("person", person) for person in people],
        "related": [("page", page) for page in pages]
        + [("link", {"title": "", "page": page, "url": "", "document": None}) for page in pages],
    }


def about(page: Any, count: int) -> Any:
    """The page with its topics."""
    for number in range(count):
        topic = TopicFactory(locale=page.locale)
        TopicLink.objects.create(page=page, topic=topic, locale=page.locale, sort_order=number)
    return page


@COUNTS
def test_network_index(homes: dict[str, HomePage], count_queries: Callable[..., int], count: int) -> None:
    index = NetworkIndexPageFactory(parent=homes["fi"], slug="verkostot")
    for _ in range(count):
        NetworkPageFactory(parent=index)
        SmallGroupPageFactory(parent=index)

    assert count_queries("/fi/verkostot/", cold=True) == 15


@COUNTS
def test_small_group(homes: dict[str, HomePage], count_queries: Callable[..., int], count: int) -> None:
    network = NetworkPageFactory(parent=NetworkIndexPageFactory(parent=homes["fi"], slug="verkostot"), slug="hr")
    about(SmallGroupPageFactory(parent=network, slug="ryhma", **endings(homes["fi"], count)), count)

    assert count_queries("/fi/verkostot/hr/ryhma/", cold=True) == 16


@COUNTS
def test_programme(homes: dict[str, HomePage], count_queries: Callable[..., int], count: int) -> None:
    page = about(ProgrammePageFactory(parent=homes["fi"], slug="ohjelma", **endings(homes["fi"], count)), count)
    for _ in range(count):
        NewsPageFactory(parent=ProgrammeRoundPageFactory(parent=page))
        Organiser.objects.create(page=page, organisation=OrganisationFactory(locale=page.locale), locale=page.locale)

    assert count_queries("/fi/ohjelma/", cold=True) == 18


@COUNTS
def test_series(homes: dict[str, HomePage], count_queries: Callable[..., int], count: int) -> None:
    network = NetworkPageFactory(parent=NetworkIndexPageFactory(parent=homes["fi"], slug="verkostot"), slug="hr")
    series = about(EventSeriesPageFactory(parent=network, slug="kausi", **endings(homes["fi"], count)), count)
    for _ in range(count):
        EventPageFactory(parent=series)

    assert count_queries("/fi/verkostot/hr/kausi/", cold=True) == 19


@COUNTS
def test_news(homes: dict[str, HomePage], count_queries: Callable[..., int], count: int) -> None:
    index = NewsIndexPageFactory(parent=homes["fi"], slug="uutiset")
    about(NewsPageFactory(parent=index, slug="tarina", **endings(homes["fi"], count)), count)

    assert count_queries("/fi/uutiset/tarina/", cold=True) == 14


@COUNTS
def test_event_with_its_form(homes: dict[str, HomePage], count_queries: Callable[..., int], count: int) -> None:
    asked = [question("choice", f"Q{number}", choices=["A", "B"]) for number in range(count)]
    page = event_with_desk(questions=asked, index=EventIndexPageFactory(parent=homes["fi"]))

    assert count_queries(page.get_url(), cold=True) == 19
