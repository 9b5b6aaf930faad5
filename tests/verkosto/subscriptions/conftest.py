from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.factories import EventIndexPageFactory, EventPageFactory, NetworkIndexPageFactory, NetworkPageFactory
from tests.recordings import recorded
from verkosto.subscriptions.models import Follow, Follower, PageChange

#: A Wednesday, 9.00 in Helsinki.
NOW = datetime(2126, 9, 4, 6, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=60)


@pytest.fixture
@recorded
def network(homes: Any) -> Any:
    return NetworkPageFactory(parent=NetworkIndexPageFactory(parent=homes["fi"]), title="Johtajaverkosto")


@pytest.fixture
@recorded
def calendar(network: Any) -> Any:
    return EventIndexPageFactory(parent=network.get_parent().get_parent(), slug="tapahtumat")


@pytest.fixture
@recorded
def event(network: Any) -> Any:
    """An event of the network, in the middle of September 2126."""
    return EventPageFactory(parent=network, title="Aamukahvit")


def follower(email: str, *targets: tuple[str, Any], frequency: str = "daily", language: str = "fi") -> Follower:
    """Make somebody who has followed some targets for long."""
    row = Follower.objects.create(email=email, language=language, frequency=frequency, notified_until=LONG_AGO)
    for kind, key in targets:
        Follow.objects.create(follower=row, kind=kind, key=str(key), confirmed_at=LONG_AGO)
    return row


def changed(page: Any, hours: float, *, is_new: bool = True) -> PageChange:
    """Note that a page was published, or changed, some hours before NOW."""
    at = NOW - timedelta(hours=hours)
    moments = {"new_at": at, "changed_at": None} if is_new else {"new_at": None, "changed_at": at}
    return PageChange.objects.update_or_create(page_id=page.pk, defaults={"facts": "", **moments})[0]
