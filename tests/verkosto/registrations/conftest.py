from typing import Any

import pytest

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
