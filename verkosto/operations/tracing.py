"""OpenTelemetry: requests are traced by route, without paths, queries and addresses."""

from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponseBase

from verkosto.operations import conf
from verkosto.operations.metrics import route_of
from verkosto.operations.request_ids import current_id

try:
    from opentelemetry.instrumentation.django import DjangoInstrumentor
except ImportError:  # optional dependency
    DjangoInstrumentor = None  # type: ignore[assignment,misc]  # without the extra

if TYPE_CHECKING:
    from opentelemetry.trace import Span, Status, StatusCode

# What names a person or a personal link, under the old and the new names of OpenTelemetry.
REMOVED = (
    *("http.url", "http.target", "http.client_ip", "http.user_agent", "net.peer.ip", "http.route"),
    *("url.full", "url.path", "url.query", "client.address", "user_agent.original", "network.peer.address"),
)


def start() -> None:
    """Begin to trace, with ``VERKOSTO_OPENTELEMETRY``. Raises ImproperlyConfigured without the library.

    Where traces go is configured as OpenTelemetry has it, by its environment variables or in code.
    """
    if not conf.traces_requests():
        return
    if DjangoInstrumentor is None:
        raise ImproperlyConfigured("VERKOSTO_OPENTELEMETRY needs the library: pip install verkosto[telemetry].")
    DjangoInstrumentor().instrument(request_hook=on_request, response_hook=on_response, is_sql_commentor_enabled=False)


def on_request(span: "Span", request: HttpRequest) -> None:
    """Remove what names a person from the span of a request that begins."""
    _scrub(span)
    if span.is_recording():
        span.set_attribute("request_id", current_id.get())
        _leave_out_messages(span)


def on_response(span: "Span", request: HttpRequest, response: HttpResponseBase) -> None:
    """Name the span after the route."""
    _scrub(span)
    if span.is_recording():
        span.update_name(f"{request.method} {route_of(request)}")


def _scrub(span: "Span") -> None:
    if span.is_recording():
        present = getattr(span, "attributes", None) or {}
        for name in REMOVED:
            if name in present:
                span.set_attribute(name, "")


def _leave_out_messages(span: "Span") -> None:
    """Let a span name the class of an exception alone: its message and stack may hold values of a row or a form."""
    set_status = span.set_status

    def record_exception(exception: BaseException, *args: object, **kwargs: object) -> None:
        span.add_event("exception", {"exception.type": type(exception).__qualname__})

    def set_status_alone(status: "Status | StatusCode", description: str | None = None) -> None:
        set_status(getattr(status, "status_code", status))

    span.record_exception = record_exception  # type: ignore[method-assign]  # of this span alone
    span.set_status = set_status_alone  # type: ignore[method-assign]  # of this span alone
