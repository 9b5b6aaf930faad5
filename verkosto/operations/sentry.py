"""Errors are reported to Sentry, or to what takes its reports, without personal data."""

from collections.abc import Mapping, MutableMapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import ImproperlyConfigured

from verkosto.operations import conf
from verkosto.operations.log_redaction import redact
from verkosto.operations.request_ids import NONE, current_id

try:
    import sentry_sdk
except ImportError:  # optional dependency
    sentry_sdk = None  # type: ignore[assignment]  # without the extra

# What is left of a report besides its exceptions: the other parts may name persons.
KEPT = {
    *(
        "event_id",
        "timestamp",
        "platform",
        "level",
        "logger",
        "exception",
        "release",
        "environment",
        "sdk",
        "transaction",
    ),
    *("modules", "fingerprint", "type"),
}


def start() -> None:
    """Begin to report, if ``VERKOSTO_SENTRY_DSN`` says where. Raises ImproperlyConfigured without the library."""
    dsn = conf.sentry_dsn()
    if not dsn:
        return
    if sentry_sdk is None:
        raise ImproperlyConfigured("VERKOSTO_SENTRY_DSN needs the library: pip install verkosto[operations].")
    sentry_sdk.init(
        dsn=dsn,
        send_default_pii=False,
        max_request_body_size="never",
        include_local_variables=False,
        max_breadcrumbs=0,
        traces_sample_rate=None,
        before_send=scrub,  # type: ignore[arg-type]  # a report is a dictionary
    )


def scrub(report: Mapping[str, Any], hint: Mapping[str, Any]) -> dict[str, Any]:
    """Return a report without personal data: no body, query, header, cookie, user, variable or log message.

    The path is left out too, because personal links are paths; the name of the route is the report's transaction.
    """
    kept = {name: value for name, value in report.items() if name in KEPT}
    if (report.get("transaction_info") or {}).get("source") == "url":  # the path itself, where no route was found
        kept.pop("transaction", None)
    for each in (kept.get("exception") or {}).get("values") or []:
        _scrub_exception(each)
    request = report.get("request") or {}
    site = urlsplit(str(request.get("url", "")))
    kept["request"] = {
        "method": str(request.get("method", "")),
        "url": urlunsplit((site.scheme, site.netloc, "", "", "")),
    }
    if current_id.get() != NONE:
        kept["tags"] = {"request_id": current_id.get()}
    return kept


def _scrub_exception(value: MutableMapping[str, Any]) -> None:
    value["value"] = redact(str(value.get("value", "")))
    for frame in (value.get("stacktrace") or {}).get("frames") or []:
        frame.pop("vars", None)
