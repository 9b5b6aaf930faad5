"""What a trace says of a request."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.trace import StatusCode, use_span

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


def test_span_of_an_error_names_its_class_alone() -> None:
    span: Any = TracerProvider().get_tracer("t").start_span("GET")
    tracing.on_request(span, RequestFactory().get("/"))
    with pytest.raises(ValueError, match="aino"), use_span(span, end_on_exit=True):
        raise ValueError("aino@example.fi")
    (event,) = span.events
    assert (event.name, dict(event.attributes)) == ("exception", {"exception.type": "ValueError"})
    assert (span.status.status_code, span.status.description) == (StatusCode.ERROR, None)
