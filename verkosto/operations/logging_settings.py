"""Django's ``LOGGING``: to standard error, as text or JSON, and the audit log to where it is sent."""

import logging.handlers
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

FORMATS = ("text", "json")
SYSLOG = f"{__name__}.SyslogHandler"


class SyslogHandler(logging.handlers.SysLogHandler):
    """Sends to a server that need not be found when the site starts: it is looked for again with each entry."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        with suppress(OSError):
            super().__init__(*args, **kwargs)


def logging_settings(form: str = "text", audit_log: str = "") -> dict[str, Any]:
    """Return ``LOGGING``. ``form`` is "text" or "json".

    ``audit_log`` is "" for nowhere, "stderr", or a server of syslog (RFC 5424 severities, over UDP):
    ``syslog://host:514`` or, on this machine, ``syslog:///dev/log``. Raises ImproperlyConfigured for anything else.
    """
    if form not in FORMATS:
        raise ImproperlyConfigured(f"LOG_FORMAT: give {' or '.join(FORMATS)}.")
    filters = ["request_id", "tokens"]
    handlers: dict[str, Any] = {
        "console": {"class": "logging.StreamHandler", "filters": filters, "formatter": form},
        "audit": _audit_handler(audit_log) | {"filters": filters, "formatter": "json"},
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "tokens": {"()": "verkosto.operations.log_redaction.RedactPersonalData"},
            "request_id": {"()": "verkosto.operations.request_ids.AddRequestId"},
        },
        "formatters": {
            "text": {"format": "{asctime} {levelname} {name} {request_id}: {message}", "style": "{"},
            "json": {"()": "verkosto.operations.log_format.JsonFormatter"},
        },
        "handlers": handlers,
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
            "wagtail": {"level": "WARNING"},  # its audit log is in the database
            "verkosto.audit": {"handlers": ["audit"], "level": "INFO", "propagate": False},
        },
    }


def _audit_handler(target: str) -> dict[str, Any]:
    if not target:
        return {"class": "logging.NullHandler"}
    if target == "stderr":
        return {"class": "logging.StreamHandler"}
    parts = urlsplit(target)
    if parts.scheme != "syslog" or not (parts.hostname or parts.path):
        raise ImproperlyConfigured("AUDIT_LOG: give stderr, syslog://host:514 or syslog:///dev/log.")
    address = (parts.hostname, parts.port or logging.handlers.SYSLOG_UDP_PORT) if parts.hostname else parts.path
    return {"class": SYSLOG, "address": address, "facility": "auth"}
