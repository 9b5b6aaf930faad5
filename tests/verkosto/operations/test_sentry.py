"""What a report to Sentry holds, and what not."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from verkosto.operations import sentry, tracing
from verkosto.operations.request_ids import current_id

REPORT = {
    "event_id": "1",
    "level": "error",
    "transaction": "verkosto_registrations:register",
    "message": "Aino",
    "logentry": {"message": "mail to %s", "params": ["aino@example.fi"]},
    "breadcrumbs": {"values": [{"message": "SELECT aino"}]},
    "user": {"email": "aino@example.fi", "ip_address": "192.0.2.1"},
    "extra": {"form": "Aino"},
    "contexts": {"trace": {"data": "Aino"}},
    "request": {
        "url": "https://verkosto.example.fi/fi/registrations/open/SECRET/?email=aino@example.fi",
        "method": "POST",
        "data": {"name": "Aino"},
        "query_string": "email=aino@example.fi",
        "cookies": {"sessionid": "s"},
        "headers": {"Authorization": "Bearer t"},
        "env": {"REMOTE_ADDR": "192.0.2.1"},
    },
    "exception": {
        "values": [
            {
                "type": "IntegrityError",
                "value": "duplicate key\nDETAIL: Key (email)=(aino@example.fi)",
                "stacktrace": {"frames": [{"function": "save", "lineno": 7, "vars": {"name": "Aino"}}]},
            }
        ]
    },
}


def test_report_has_exception_and_route_and_no_person() -> None:
    token = current_id.set("0123456789abcdef")
    report = sentry.scrub(REPORT, {})
    current_id.reset(token)
    assert report == {
        "event_id": "1",
        "level": "error",
        "transaction": "verkosto_registrations:register",
        "request": {"method": "POST", "url": "https://verkosto.example.fi"},
        "tags": {"request_id": "0123456789abcdef"},
        "exception": {
            "values": [
                {
                    "type": "IntegrityError",
                    "value": "duplicate key\nDETAIL: […]",
                    "stacktrace": {"frames": [{"function": "save", "lineno": 7}]},
                }
            ]
        },
    }


def test_path_without_a_route_is_left_out() -> None:
    """Sentry names a request after its path where it finds no route."""
    path = {"transaction": "/fi/registrations/open/SECRET/", "transaction_info": {"source": "url"}}
    assert sentry.scrub(path, {}) == {"request": {"method": "", "url": ""}}
    route = {"transaction": "/fi/registrations/open/{token}/", "transaction_info": {"source": "route"}}
    assert sentry.scrub(route, {})["transaction"] == route["transaction"]


def test_reports_begin_with_the_setting_alone(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[dict[str, Any]] = []
    monkeypatch.setattr(sentry.sentry_sdk, "init", lambda **options: given.append(options))
    sentry.start()
    assert given == []
    settings.VERKOSTO_SENTRY_DSN = "https://key@sentry.example.fi/1"
    sentry.start()
    (options,) = given
    assert (options["send_default_pii"], options["max_request_body_size"]) == (False, "never")
    assert (options["include_local_variables"], options["before_send"]) == (False, sentry.scrub)


def test_missing_library_is_named(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VERKOSTO_SENTRY_DSN, settings.VERKOSTO_OPENTELEMETRY = "https://key@sentry.example.fi/1", True
    monkeypatch.setattr(sentry, "sentry_sdk", None)
    monkeypatch.setattr(tracing, "DjangoInstrumentor", None)
    with pytest.raises(ImproperlyConfigured, match=r"pip install verkosto\[operations\]"):
        sentry.start()
    with pytest.raises(ImproperlyConfigured, match=r"pip install verkosto\[telemetry\]"):
        tracing.start()
