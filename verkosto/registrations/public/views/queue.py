"""The queue page: what answers a form that has waited too long for the web server, when more arrive than it can handle.

Requests wait in the web server until a thread is free. The proxy in front writes into ``X-Request-Start`` when each
arrived. To answer with this page takes a fraction of the time of a registration, so that the queue becomes shorter and
nobody waits for more than two seconds. Whoever sends the form again from it may wait twice as long, and so goes first.
"""

import functools
import logging
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.log import log_response
from django.utils.translation import gettext as _

from verkosto.registrations import conf
from verkosto.registrations.public.views.errors import send_again_page

logger = logging.getLogger(__name__)

View = Callable[..., Any]
RETRY_AFTER = range(15, 31, 5)  # seconds: each page names one of them, so that not all come back at the same moment
SALT = "registrations.queue"
STAMP_AGE = 60 * 60  # seconds for which somebody counts as having waited
LONGEST_WAIT = 120  # seconds; a longer time is a difference of the clocks: no proxy waits so long
MICROSECONDS = 1e14  # a time of more is in microseconds, of more than a thousandth in milliseconds


class Running:
    """Counts the requests that the threads of this process handle at this moment."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.count = 0

    @contextmanager
    def one(self) -> Iterator[None]:
        """Count one request more until the context ends."""
        with self._lock:
            self.count += 1
        try:
            yield
        finally:
            with self._lock:
                self.count -= 1


running = Running()


def queue_page_when_busy(view: View) -> View:
    """Answer with the queue page instead of calling the view if the request has waited too long."""

    @functools.wraps(view)
    def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with running.one():
            if is_too_late(request):
                return queue_page(request)
            response: HttpResponse = view(request, *args, **kwargs)
            return response

    return limited


def is_too_late(request: HttpRequest) -> bool:
    """Return whether a request has waited for longer than ``conf.queue_limit()``, or twice that after the queue page.

    One that is alone in its process has not waited for others: the clocks of proxy and site differ.
    """
    limit = conf.queue_limit()
    if not limit or running.count < 2:
        return False
    waited = queue_seconds(request)
    return waited > limit and (waited > 2 * limit or not _has_waited(request))


def queue_seconds(request: HttpRequest) -> float:
    """Return how many seconds ago the proxy received a request; 0 if unknown.

    Takes what proxies write: ``t=`` or nothing, then seconds, milliseconds or microseconds since the epoch.
    """
    try:
        started = float(request.headers.get("X-Request-Start", "").removeprefix("t="))
    except ValueError:
        return 0
    if started > MICROSECONDS / 1000:
        started /= 1e6 if started > MICROSECONDS else 1e3
    waited = time.time() - started
    return waited if 0 < waited <= LONGEST_WAIT else 0


def queue_page(request: HttpRequest) -> HttpResponse:
    """Return the page that asks to wait, with a button that sends what was typed again."""
    seconds = random.choice(RETRY_AFTER)  # noqa: S311 - it guards nothing
    lead = _("You are in the queue. Wait about %(seconds)s seconds, then open the page again.")
    if request.method == "POST":
        lead = _(
            "You are in the queue: your form has not been handled yet. Wait about %(seconds)s seconds, then send it again. "
            "Those who have waited go first."
        )
    heading, stamp = _("Many people are registering now"), signing.TimestampSigner(salt=SALT).sign("")
    response = send_again_page(
        request, heading, lead % {"seconds": seconds}, seconds=seconds, action=f"?waited={stamp}"
    )
    # Otherwise Django logs each as an error, with status 503.
    log_response("Busy: the queue page was shown", response=response, request=request, logger=logger, level="warning")
    return response


def _has_waited(request: HttpRequest) -> bool:
    try:
        signing.TimestampSigner(salt=SALT).unsign(request.GET.get("waited", ""), max_age=STAMP_AGE)
    except signing.BadSignature:
        return False
    return True
