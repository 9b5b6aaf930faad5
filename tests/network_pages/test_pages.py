from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override
from wagtail.models import Page

from home.models import HomePage
from network_pages.models import NetworkIndexPage, NetworkPage, ProgrammePage, SmallGroupPage, StoryLink
from tests.factories import (
    EventPageFactory,
    EventSeriesPageFactory,
    NetworkIndexPageFactory,
    NetworkPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    ProgrammePageFactory,
    ProgrammeRoundPageFactory,
    SmallGroupPageFactory,
    link_to_network,
    pair_up,
)


@pytest.fixture
def networks(homes: dict[str, HomePage]) -> NetworkIndexPage:
    return NetworkIndexPageFactory(parent=homes["fi"], slug="verkostot")


def titles(pages: list[Page]) -> list[str]:
    return [page.title for page in pages]


def test_what_belongs_to_a_network_gathers_by_itself(networks: NetworkIndexPage, homes: dict[str, HomePage]) -> None:
    network = NetworkPageFactory(parent=networks)
    SmallGroupPageFactory(parent=network, title="ryhmä", member_count=9)
    SmallGroupPageFactory(parent=network, title="päättynyt", status="ended", member_count=8)
    season = EventSeriesPageFactory(parent=network, title="kausi")
    EventPageFactory(parent=season, title="tuleva")
    EventPageFactory(parent=season, title="mennyt", starts_at=datetime(2020, 2, 3, 7, tzinfo=UTC))
    NewsPageFactory(parent=network, title="uutinen")
    elsewhere = NewsPageFactory(parent=NewsIndexPageFactory(parent=homes["fi"]), title="muualla")
    link_to_network(elsewhere, network)

    assert titles(network.small_groups) == ["ryhmä"]
    assert network.people_in_groups == 9
    assert titles(network.series_list) == ["kausi"]
    assert titles(network.upcoming_events) == ["tuleva"]
    assert titles(network.past_events) == ["mennyt"]
    assert set(titles(network.stories)) == {"uutinen", "muualla"}


REFUSED = [
    (SmallGroupPage, {"size_from": 10, "size_to": 8}, "Ryhmän enimmäiskoko on pienempi kuin vähimmäiskoko."),
    (ProgrammePage, {"first_year": 2018, "last_year": 2008}, "Viimeinen vuosi on ennen ensimmäistä."),
    (ProgrammePage, {"first_year": None, "last_year": 2008}, "Anna myös ensimmäinen vuosi."),
]


@pytest.mark.parametrize(("model", "values", "message"), REFUSED)
def test_what_cannot_be_is_refused_with_words(
    networks: NetworkIndexPage, homes: dict[str, HomePage], model: type[Page], values: dict[str, int], message: str
) -> None:
    page = {SmallGroupPage: SmallGroupPageFactory, ProgrammePage: ProgrammePageFactory}[model](
        parent=networks if model is SmallGroupPage else homes["fi"]
    )
    for name, value in values.items():
        setattr(page, name, value)

    with override("fi"):
        with pytest.raises(ValidationError) as refusal:
            page.full_clean()
        assert refusal.value.messages == [message]
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=page.pk).update(**values)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"first_year": 2008, "last_year": 2018, "is_closed": True}, "2008–2018"),
        ({"first_year": 2019}, "2019–"),
        ({"first_year": 2019, "is_closed": True}, "2019"),
        ({}, ""),
    ],
)
def test_years_of_a_programme(db: None, values: dict[str, int], expected: str) -> None:
    assert ProgrammePage(**values).years == expected


def test_round_has_its_pairs_and_stories(homes: dict[str, HomePage]) -> None:
    programme = ProgrammePageFactory(parent=homes["fi"])
    first, second = (ProgrammeRoundPageFactory(parent=programme, number=number) for number in (1, 2))
    second.starts_on, second.ends_on = date(2126, 1, 15), date(2126, 11, 30)
    second.save()
    pair_up(second, "sisäinen riippuvuus")
    pair_up(second, "digitalisaatio", count=3)
    below = NewsPageFactory(parent=second, title="alla")
    StoryLink.objects.create(page=second, story=NewsPageFactory(parent=programme, title="ohjelman alla"))

    assert programme.rounds == [second, first]
    assert [(pair.theme, len(pair.members.all())) for pair in second.pairs] == [
        ("sisäinen riippuvuus", 2),
        ("digitalisaatio", 3),
    ]
    assert set(titles(second.stories)) == {below.title, "ohjelman alla"}
    assert set(titles(programme.stories)) == {"alla", "ohjelman alla"}
    with override("fi"):
        assert second.registration_facts("fi").when == "15.1.–30.11.2126"


def test_tree_of_networks() -> None:
    assert NetworkPage.allowed_parent_page_models() == [NetworkIndexPage]
    assert {model.__name__ for model in NetworkPage.creatable_subpage_models()} == {
        "EventPage",
        "EventSeriesPage",
        "ExcursionPage",
        "NewsPage",
        "SmallGroupPage",
    }


@pytest.mark.parametrize("count", [1, 30])
def test_network_takes_as_many_queries_with_30_events(
    networks: NetworkIndexPage, count_queries: Callable[..., int], count: int
) -> None:
    network = NetworkPageFactory(parent=networks, slug="hr")
    season = EventSeriesPageFactory(parent=network)
    for _ in range(count):
        EventPageFactory(parent=season)
        SmallGroupPageFactory(parent=network)
        NewsPageFactory(parent=network)

    assert count_queries("/fi/verkostot/hr/") == 3
    assert count_queries("/fi/verkostot/hr/", cold=True) == 18


@pytest.mark.parametrize("count", [1, 30])
def test_round_takes_as_many_queries_with_30_pairs(
    homes: dict[str, HomePage], count_queries: Callable[..., int], count: int
) -> None:
    page = ProgrammeRoundPageFactory(parent=ProgrammePageFactory(parent=homes["fi"], slug="ohjelma"), slug="kierros")
    for number in range(count):
        pair_up(page, f"teema {number}")

    assert count_queries("/fi/ohjelma/kierros/") == 3
    assert count_queries("/fi/ohjelma/kierros/", cold=True) == 15
