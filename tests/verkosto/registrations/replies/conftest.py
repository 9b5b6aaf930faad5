from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.registrations import desk_of, event_with_desk
from tests.verkosto.registrations.replies.samples import reply
from verkosto.registrations.mail.reply_addresses import reply_address
from verkosto.registrations.models import Registration


@pytest.fixture(autouse=True)
def calendar_address(settings: Any) -> None:
    settings.REGISTRATION_CALENDAR_ADDRESS = "kalenteri+{key}@example.fi"


@pytest.fixture
def desk(calendar_address: None, db: None) -> Any:
    """The desk of an event with one place, whose calendar entries ask for an answer."""
    return desk_of(event_with_desk(capacity=1))


@pytest.fixture
def answer_of() -> Callable[..., bytes]:
    """answer_of(registration, answer="ACCEPTED"): the mail with which the registrant's calendar answers."""

    def answer(registration: Registration, shape: str = "outlook", **given: Any) -> bytes:
        desk = registration.desk
        entry = desk.version("fi")["entries"][0]
        facts = {
            "organizer": reply_address(registration),
            "attendee": registration.email,
            "uid": entry["uid"],
            "sequence": desk.calendar_sequence if entry["sequence"] is None else entry["sequence"],
        }
        return reply(shape, **{**facts, **given})

    return answer
