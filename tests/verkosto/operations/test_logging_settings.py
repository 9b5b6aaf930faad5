"""Where log lines go."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from verkosto.operations.logging_settings import logging_settings


@pytest.mark.parametrize(
    ("target", "handler"),
    [
        ("", {"class": "logging.NullHandler"}),
        ("stderr", {"class": "logging.StreamHandler"}),
        (
            "syslog://log.example.fi",
            {"class": "logging.handlers.SysLogHandler", "address": ("log.example.fi", 514), "facility": "auth"},
        ),
        (
            "syslog:///dev/log",
            {"class": "logging.handlers.SysLogHandler", "address": "/dev/log", "facility": "auth"},
        ),
    ],
)
def test_audit_log_goes_where_the_setting_says(target: str, handler: dict[str, object]) -> None:
    found = logging_settings("json", target)["handlers"]
    assert found["audit"] == handler | {"filters": ["request_id", "tokens"], "formatter": "json"}
    assert found["console"]["formatter"] == "json"


@pytest.mark.parametrize(("form", "target"), [("xml", ""), ("text", "https://log.example.fi"), ("text", "syslog://")])
def test_wrong_setting_is_refused(form: str, target: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        logging_settings(form, target)
