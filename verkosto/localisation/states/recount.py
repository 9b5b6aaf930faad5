"""When translation states are calculated: at the end of a transaction that changed something, once for all of it."""

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
    """What one thread or task has still to recount."""

    keys: set[UUID] = field(default_factory=set)
    is_collecting: bool = False


_local = Local()


def _pending() -> Pending:
    if not hasattr(_local, "pending"):
        _local.pending = Pending()
    return _local.pending


def recount_after_commit(key: UUID) -> None:
    """Recount the states of a page or snippet when the transaction is over.

    The first callback of a transaction recounts every key; the others find nothing left to do.
    """
    _pending().keys.add(key)
    transaction.on_commit(_recount_unless_collecting)


@contextmanager
def recount_once() -> Iterator[None]:
    """Recount what the transactions inside change once, when the last of them is over, even if an error ends them."""
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
    """Calculate the states of some keys, or of all, and of the pages that show them; return how many rows changed."""
    calculation = StateCalculation(keys)
    changed = calculation.write()
    dependents = calculation.dependents()
    return changed + (StateCalculation(dependents).write() if dependents else 0)
