from collections.abc import Iterator
from typing import Any

import pytest
from wagtail.coreutils import get_content_languages

from tests.factories.registrations import desk_of, event_with_desk
from verkosto.registrations.models import Desk


@pytest.fixture
def event(db: None) -> Any:
    """A published event with two places."""
    return event_with_desk(capacity=2)


@pytest.fixture
def desk(event: Any) -> Desk:
    return desk_of(event)


@pytest.fixture
def danish(settings: Any) -> Iterator[None]:
    """Danish, into which our texts are not translated, is a language of the site."""
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [*settings.LANGUAGES, ("da", "Danish")]
    get_content_languages.cache_clear()
    yield
    get_content_languages.cache_clear()


@pytest.fixture
def server(monkeypatch):
    """A mail server that raises what is put into ``server.errors``, one for each mail."""

    class Server:
        errors: list[Exception] = []
        sent: list = []

        def take(self, letter):
            if self.errors and (error := self.errors.pop(0)):
                raise error
            self.sent.append(letter)

    fake = Server()
    fake.errors, fake.sent = [], []
    monkeypatch.setattr("verkosto.registrations.mail.email.send_mail", fake.take)
    return fake
