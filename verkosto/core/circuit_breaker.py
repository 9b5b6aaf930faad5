"""A circuit breaker: when a service does not answer, it is not called for a while, so that requests do not wait for it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from django.dispatch import Signal

logger = logging.getLogger(__name__)

PAUSE = 5.0  # seconds without any attempt after a failure

#: Sent when a service answers this process again, before the first call.
recovered = Signal()

Value = TypeVar("Value")


class CircuitBreaker:
    """A switch in front of a service. After a failure it lets no call through for ``PAUSE`` seconds, then one probe.

    If the probe succeeds, calls go through again. Thread-safe. ``failures`` are the exceptions that mean that the
    service does not answer; ``probe`` raises one of them if it does not.
    """

    def __init__(self, name: str, *, failures: tuple[type[Exception], ...], probe: Callable[[], object]) -> None:
        self.name = name
        self.failures = failures
        self.probe = probe
        self._lock = threading.Lock()
        self._next_attempt: float | None = None  # on the monotonic clock; None while the service answers
        self._prober: int | None = None  # the thread that asks whether it answers again

    @property
    def is_open(self) -> bool:
        """Whether the service did not answer the last time."""
        return self._next_attempt is not None

    def call(self, function: Callable[[], Value], default: Value) -> Value:
        """Return the function's result, or the default if the service does not answer or is not called now."""
        if self.is_open and not self._recovers():
            return default
        try:
            return function()
        except self.failures as error:
            self._fail(error)
            return default

    def _recovers(self) -> bool:
        """Return whether calls may go through again: the pause is over, and the probe succeeds."""
        with self._lock:
            if self._next_attempt is None or self._prober == threading.get_ident():
                return True
            if self._prober is not None or time.monotonic() < self._next_attempt:
                return False
            self._prober = threading.get_ident()
        try:
            self.probe()
            recovered.send_robust(type(self))
        except self.failures as error:
            self._fail(error)
            return False
        finally:
            self._prober = None
        self._next_attempt = None
        logger.warning("%s answers again", self.name)
        return True

    def _fail(self, error: Exception) -> None:
        with self._lock:
            first, self._next_attempt = self._next_attempt is None, time.monotonic() + PAUSE
        if first:
            logger.error("%s does not answer (%s): the site runs without it", self.name, type(error).__name__)
