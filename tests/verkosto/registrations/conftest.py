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
