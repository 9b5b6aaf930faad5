"""The production-like site, and visitors to it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from tests import services
from tests.browsing import Visit
from tests.journeys.conftest import Web
from tests.production.net import Network, browser_options, network
from tests.production.site import PASSWORD, ProductionSite, missing, running


class Staff(Web):
    """A member of staff after a sign-in to the admin, successful or not; ``answer`` is its response."""

    def __init__(self, site: str, name: str, password: str = PASSWORD) -> None:
        super().__init__(site)
        self.headers["Referer"] = f"{site}/admin/login/"
        form = {"username": name, "password": password, "next": "/admin/"}
        self.answer = self.send_form("/admin/login/", form)

    def send_form(self, path: str, form: dict[str, str], **more: Any) -> requests.Response:
        """Post a form with the token that its page has."""
        return self.post(path, form | {"csrfmiddlewaretoken": self.token(path)}, **more)

    def token(self, path: str) -> str:
        """Return the token of the forms on a page."""
        field = BeautifulSoup(self.get(path).text, "html.parser").select_one("[name=csrfmiddlewaretoken]")
        assert field, f"no form on {path}"
        return str(field["value"])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave these tests out of every run that does not ask for them with ``-m production``."""
    if "production" in config.option.markexpr:
        return
    ours = [item for item in items if item.get_closest_marker("production")]
    items[:] = [item for item in items if item not in ours]
    config.hook.pytest_deselected(items=ours)


@pytest.fixture(scope="session")
def production(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProductionSite]:
    """The site. Tests share it: each makes registrations of its own, with addresses of its own."""
    if lacking := missing():
        pytest.fail(f"This machine lacks {', '.join(lacking)}.")
    with services.postgresql() as postgresql, services.redis() as redis:
        assert postgresql
        assert redis
        with running(tmp_path_factory.mktemp("production"), postgresql, redis) as site:
            yield site


@pytest.fixture(scope="session")
def net(production: ProductionSite) -> Iterator[Network]:
    with network(production.port, production.folder / "fullchain.pem") as net:
        yield net


@pytest.fixture(autouse=True)
def own_address(net: Network) -> None:
    """Each test is a client of its own: limits that one uses up are not the next one's."""
    net.move()


@pytest.fixture
def web(production: ProductionSite) -> Iterator[Web]:
    with Web(production.url) as client:
        yield client


@pytest.fixture(scope="session")
def browser(
    launch_browser: Callable[..., Browser], browser_type_launch_args: dict[str, Any], production: ProductionSite
) -> Iterator[Browser]:
    """A Chromium that finds the site under its name."""
    arguments = [*browser_type_launch_args["args"], *browser_options(production)]
    browser = launch_browser(args=arguments)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "ignore_https_errors": True}


@pytest.fixture
def browse(new_context: Callable[..., Any], production: ProductionSite) -> Visit:
    """``visit``, on the production-like site."""
    return Visit(new_context, production.url)
