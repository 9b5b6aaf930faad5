from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import TestCase

from cms.demo.content import NODES
from cms.demo.loader import load_demo
from cms.demo.loader.nodes import Nodes


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The demo, loaded once for a module in a transaction that is rolled back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        with TestCase.captureOnCommitCallbacks(execute=True):
            load_demo(accounts=True)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded: None, db: None) -> Nodes:
    return Nodes(NODES)
