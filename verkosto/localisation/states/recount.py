"""The recount of translation states: once, at the end of a transaction, for everything that changed in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from asgiref.local import Local
from django.db import transaction

from verkosto.localisation.states.calculation import StateCalculation


@dataclass
class Pending:
    """The keys that one thread or task has still to recount."""

    keys: set[UUID] = field(default_factory=set)
    is_collecting: bool = False


_local = Local()


def _pending() -> Pending:
    if not hasattr(_local, "pending"):
        _local.pending = Pending()
    return _local.pending


def recount_after_commit(key: UUID) -> None:
    """Recount the states of a page or snippet after the commit.

    If a transaction calls this several times, the first callback recounts all keys, and the others find none left.
    """
    _pending().keys.add(key)
    transaction.on_commit(_recount_unless_collecting)


@contextmanager
def recount_once() -> Iterator[None]:
    """Recount once for all transactions inside the context, at its end, also after an error."""
    _pending().is_collecting = True
    try:
        yield
    finally:
        _pending().is_collecting = False
        _recount_pending()


def _recount_unless_collecting() -> None:
    if not _pending().is_collecting:
        _recount_pending()


def _recount_pending() -> None:
    pending = _pending()
    keys, pending.keys = pending.keys, set()
    if keys:
        recount(keys)


@transaction.atomic
def recount(keys: Collection[UUID] | None = None) -> int:
    """Calculate and store the states of some keys, or of all, and of the pages that show them.

    Return how many rows changed.
    """
    calculation = StateCalculation(keys)
    changed = calculation.write()
    dependents = calculation.dependents()
    return changed + (StateCalculation(dependents).write() if dependents else 0)
