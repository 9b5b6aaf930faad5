"""Where log lines go."""

import logging
import socket
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from verkosto.operations.logging_settings import SyslogHandler, logging_settings


@pytest.mark.parametrize(
    ("target", "handler"),
    [
        ("", {"class": "logging.NullHandler"}),
        ("stderr", {"class": "logging.StreamHandler"}),
        (
            "syslog://log.example.fi",
            {
                "class": "verkosto.operations.logging_settings.SyslogHandler",
                "address": ("log.example.fi", 514),
                "facility": "auth",
            },
        ),
        (
            "syslog:///dev/log",
            {"class": "verkosto.operations.logging_settings.SyslogHandler", "address": "/dev/log", "facility": "auth"},
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


def test_site_starts_while_the_server_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    monkeypatch.setattr(logging, "raiseExceptions", False)
    handler = SyslogHandler(address=("log.example.fi", 514), facility="auth")
    entry = logging.makeLogRecord({"msg": "an entry"})
    handler.emit(entry)
    monkeypatch.undo()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(5)
        handler.address = server.getsockname()
        handler.emit(entry)
        assert b"an entry" in server.recv(1000)
    handler.close()
