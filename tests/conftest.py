import pytest
from django.core.cache import cache

from home.models import HomePage
from tests.factories import home_tree


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Tests share a process, and Wagtail keeps the addresses of sites in the cache."""
    cache.clear()


@pytest.fixture
def homes(db: None) -> dict[str, HomePage]:
    """The published home pages of a site in Finnish (the original), Swedish and English, by language code."""
    return home_tree()
