"""The rush: 200 people send the form in the second in which registration opens. Measured, and held to be exact."""

import os
import statistics
import time

import pytest

from tests.faults.crowd import Crowd
from tests.faults.data import PLACES
from tests.faults.desks import Desks
from tests.faults.figures import LINES
from tests.faults.usage import usage_of

pytestmark = pytest.mark.faults
CLIENTS = 200


def test_registrations_of_a_calm_day_are_measured(desks: Desks) -> None:
    """Eight people at a time, with their emails: what one registration takes of each part of the site."""
    crowd = desks.site.crowd(desks.keys["calm"], "calm", CLIENTS)
    before, started = usage_of(desks.site), time.monotonic()
    crowd.register()
    rate = CLIENTS / (time.monotonic() - started)
    desks.site.wait_until_idle()
    used = usage_of(desks.site) - before
    desks.hold("calm", "8 at a time", crowd)
    LINES.extend([described(crowd), f"  {rate:.1f} registrations a second; {used.for_each(CLIENTS)}"])
    assert crowd.statuses == {302: CLIENTS}


def test_two_hundred_at_once_get_a_place_or_a_queue_page_and_never_an_error(desks: Desks) -> None:
    """Whoever gets the queue page sends the form again after five seconds, sooner than people do.

    Each has loaded the form before registration opens, and sends it on the same connection, as browsers do.
    """
    crowd = desks.site.crowd(desks.keys["rush"], "rush", CLIENTS)
    crowd.load_form()
    started = time.monotonic()
    crowd.register(at_once=CLIENTS, pause=5)
    everybody = time.monotonic() - started
    desks.hold("rush", f"{CLIENTS} at once for {PLACES} places", crowd)
    LINES.extend([described(crowd), f"  everybody is registered or on the waiting list after {everybody:.0f} s"])
    assert crowd.statuses == {302: CLIENTS}


def described(crowd: Crowd) -> str:
    """Return how long the answers took, how many were queue pages, and how busy the machine is."""
    seconds = sorted(answer.seconds for answer in crowd.answers)
    share = statistics.quantiles(seconds, n=100)
    return (
        f"  median {share[49]:.2f} s, p99 {share[98]:.2f} s, longest {seconds[-1]:.2f} s;"
        f" {crowd.queue_pages} queue pages; load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores"
    )
