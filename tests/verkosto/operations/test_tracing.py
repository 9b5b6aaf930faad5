"""What a trace says of a request."""

from typing import Any

from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve
from opentelemetry.sdk.trace import TracerProvider

from verkosto.operations import tracing


def test_span_is_named_after_the_route_and_holds_no_path() -> None:
    request: Any = RequestFactory().get("/healthz?email=aino@example.fi")
    request.resolver_match = resolve("/healthz")
    attributes = {"http.url": "https://a.fi/open/SECRET/", "url.query": "email=aino", "http.method": "GET"}
    span = TracerProvider().get_tracer("t").start_span("GET /open/SECRET/", attributes=attributes)
    tracing.on_request(span, request)
    tracing.on_response(span, request, HttpResponse())
    assert span.name == "GET healthz"
    assert dict(span.attributes) == {"http.url": "", "url.query": "", "http.method": "GET", "request_id": "-"}
