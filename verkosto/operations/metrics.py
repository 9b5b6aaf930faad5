"""Figures for Prometheus: the findings of the health checks, and requests by route.

Labels are names of routes, checks and figures, which the code gives: never a path, an address or a person.
"""

import os
import time
from collections.abc import Callable, Iterator

from django.core.exceptions import ImproperlyConfigured, MiddlewareNotUsed
from django.http import HttpRequest, HttpResponseBase

from verkosto.core.health import Status, find_all
from verkosto.operations import conf

try:
    import prometheus_client
    from prometheus_client.core import GaugeMetricFamily, Metric
    from prometheus_client.multiprocess import MultiProcessCollector
except ImportError:  # optional dependency
    prometheus_client = None  # type: ignore[assignment]  # without the extra

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
BUCKETS = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)  # seconds
ILLNESS = {Status.OK: 0, Status.ATTENTION: 1, Status.FAILED: 2}

if prometheus_client is not None:
    OWN = prometheus_client.CollectorRegistry()
    REQUESTS = prometheus_client.Histogram(
        "verkosto_request_seconds",
        "Time until the response began, in seconds, by route.",
        ["method", "route", "status"],
        buckets=BUCKETS,
        registry=OWN,
    )


def is_available() -> bool:
    """Return whether the library is installed (``pip install verkosto[operations]``)."""
    return prometheus_client is not None


def start() -> None:
    """Check that ``/metrics`` can answer if it has a token. Raises ImproperlyConfigured without the library."""
    if conf.metrics_token() and not is_available():
        raise ImproperlyConfigured("VERKOSTO_METRICS_TOKEN needs the library: pip install verkosto[operations].")


class HealthCollector:
    """Runs the health checks, and yields their states and figures."""

    def collect(self) -> Iterator["Metric"]:
        states = GaugeMetricFamily("verkosto_health", "0: OK, 1: needs attention, 2: does not work.", labels=["check"])
        found = find_all()
        for check, finding in found:
            states.add_metric([check.name], ILLNESS[finding.status])
        yield states
        for check, finding in found:
            for name, value in finding.figures.items():
                yield GaugeMetricFamily(f"verkosto_{name}", f"Of the health check {check.name}.", value=value)


def text() -> bytes:
    """Return all figures in Prometheus' format. With ``PROMETHEUS_MULTIPROC_DIR`` requests of all processes are counted."""
    requests = OWN
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        requests = prometheus_client.CollectorRegistry()
        MultiProcessCollector(requests)
    health = prometheus_client.CollectorRegistry()
    health.register(HealthCollector())
    return prometheus_client.generate_latest(requests) + prometheus_client.generate_latest(health)


class MetricsMiddleware:
    """Count each request with its time, by method, name of the route, and class of the status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not is_available():
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = self.get_response(request)
        method = request.method if request.method in METHODS else "OTHER"
        status = f"{response.status_code // 100}xx"
        REQUESTS.labels(method, route_of(request), status).observe(time.perf_counter() - began)
        return response


def route_of(request: HttpRequest) -> str:
    """Return the name of the route of a request; "none" if no view was asked, as for pages from the cache."""
    match = request.resolver_match
    return (match.view_name or "unnamed") if match else "none"
