"""A site on which everything works."""

from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import Site

from cms import site_address
from verkosto.core.health import find_all
from verkosto.core.scheduled_work.models import ScheduledRun
from verkosto.core.scheduled_work.registry import steps
from verkosto.core.search.unindexed_pages import add_unindexed_pages


@pytest.fixture
def well(db: None, settings: Any) -> None:
    """The address is right, every page is in the index, and each step of the scheduled work has just run."""
    settings.SITE_URL = "https://verkosto.example.fi"
    site_address.set_address(Site.objects.get(is_default_site=True))
    add_unindexed_pages()
    for name in steps():
        ScheduledRun.objects.begin(name).end()


@pytest.fixture
def parts_with_findings() -> Callable[[], set[str]]:
    """Return the names of the parts that need something done."""
    return lambda: {check.name for check, finding in find_all() if finding.status != "ok"}
