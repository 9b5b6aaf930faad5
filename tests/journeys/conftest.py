"""Journeys drive a site that runs as it does in life, with the demo in it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from tests.browsing import Visit
from tests.instance import Instance, running
from tests.journeys.staff import places, staff  # noqa: F401  fixtures


class Web(requests.Session):
    """A visitor without a browser, who follows no redirect and keeps no cookie unless asked to."""

    def __init__(self, site: str) -> None:
        super().__init__()
        self.site = site

    def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> requests.Response:
        kwargs = {"timeout": 60, **kwargs, "allow_redirects": False}
        return super().request(method, self.site + url if url.startswith("/") else url, *args, **kwargs)


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """The demo, served. Tests share it: each makes registrations of its own, with addresses of its own."""
    with running(tmp_path_factory.mktemp("instance")) as site:
        yield site


@pytest.fixture
def web(instance: Instance) -> Iterator[Web]:
    with Web(instance.url) as client:
        yield client


@pytest.fixture
def browse(new_context: Callable[..., Any], instance: Instance) -> Visit:
    """``visit``, on the instance."""
    return Visit(new_context, instance.url)
