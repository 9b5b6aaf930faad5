from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from wagtail.models import Page

from home.models import HomePage
from network_pages.models import NetworkIndexPage, NetworkPage
from tests.factories import (
    EventPageFactory,
    EventSeriesPageFactory,
    NetworkIndexPageFactory,
    NetworkPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    SmallGroupPageFactory,
    link_to_network,
)
from tests.recordings import recorded


def titles(pages: list[Page]) -> list[str]:
    return [page.title for page in pages]


@pytest.fixture
@recorded
def networks(homes: dict[str, HomePage]) -> NetworkIndexPage:
    return NetworkIndexPageFactory(parent=homes["fi"], slug="verkostot")


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
    assert count_queries("/fi/verkostot/hr/", cold=True) == 24
