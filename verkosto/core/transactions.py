"""Transactions that are retried when the database was busy, and signals that are sent after the commit."""

import functools
import time
from collections.abc import Callable
from functools import partial
from typing import Any, ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connection, transaction
from django.dispatch import Signal

ATTEMPTS = 4
FIRST_PAUSE = 0.05  # seconds; doubled with each further attempt
Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def database_failures() -> tuple[type[Exception], ...]:
    """Return the exceptions that mean that the database does not answer: Django's, and the driver's own.

    Django does not convert the exception that the driver raises when a server-side cursor of ``iterator()`` is closed.
    """
    driver = connection.Database  # type: ignore[attr-defined]  # DB-API module of every backend
    return OperationalError, InterfaceError, driver.OperationalError, driver.InterfaceError


def in_transaction(use_case: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Run a use case in a transaction, and retry it after an OperationalError, ``ATTEMPTS`` attempts in all.

    PostgreSQL raises this error for a deadlock, SQLite while another process writes. Inside an outer transaction the
    error is not caught, because the whole outer transaction has to be retried.
    """

    @functools.wraps(use_case)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        for attempt in range(ATTEMPTS):
            try:
                with transaction.atomic():
                    return use_case(*args, **kwargs)
            except OperationalError:
                if connection.in_atomic_block or attempt == ATTEMPTS - 1:
                    raise
                time.sleep(FIRST_PAUSE * 2**attempt)
        raise AssertionError("unreachable")

    return run


def send_after_commit(signal: Signal, sender: type, **kwargs: Any) -> None:
    """Send a signal once the running transaction is committed; never when it is rolled back."""
    transaction.on_commit(partial(signal.send_robust, sender=sender, **kwargs), robust=True)
