"""The id of a request in its response and its log lines, and of a task."""

import io
import json
import logging
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from verkosto.operations import request_ids
from verkosto.operations.log_format import JsonFormatter
from verkosto.operations.log_redaction import RedactPersonalData
from verkosto.operations.request_ids import AddRequestId, RequestIdMiddleware, current_id

GIVEN = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def log() -> Any:
    """A logger that writes JSON as the site does, and its lines."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    for each in (AddRequestId(), RedactPersonalData()):
        handler.addFilter(each)
    logger = logging.getLogger("tests.request_ids")
    logger.addHandler(handler)
    yield SimpleNamespace(logger=logger, lines=lambda: [json.loads(line) for line in stream.getvalue().splitlines()])
    logger.removeHandler(handler)


@pytest.mark.parametrize(
    ("proxies", "given", "is_taken"),
    [
        (1, GIVEN, True),
        (0, GIVEN, False),
        (1, "", False),
        (1, "short", False),
        (1, "a" * 41, False),
        (1, "aino@example.fi", False),
        (1, GIVEN + "\n", False),
    ],
)
def test_id_of_a_proxy_is_taken_if_it_is_well_formed(
    settings: Any, log: Any, proxies: int, given: str, is_taken: bool
) -> None:
    settings.TRUSTED_PROXIES = proxies

    def view(request: Any) -> HttpResponse:
        log.logger.warning("Hello aino@example.fi")
        return HttpResponse()

    request = RequestFactory().get("/", HTTP_X_REQUEST_ID=given)
    identifier = RequestIdMiddleware(view)(request)["X-Request-ID"]
    (line,) = log.lines()
    assert (identifier == given, len(identifier)) == (is_taken, 32)
    assert {**line, "time": ""} == {
        "time": "",
        "level": "WARNING",
        "logger": "tests.request_ids",
        "message": "Hello […]",
        "request_id": identifier,
    }
    assert current_id.get() == "-"


def test_traceback_is_one_field_of_one_line(log: Any) -> None:
    try:
        raise ValueError("aino@example.fi")
    except ValueError:
        log.logger.exception("Failed")
    (line,) = log.lines()
    assert line["traceback"].endswith("ValueError: […]")


def test_lines_of_a_task_have_its_id_but_inside_a_request_that_of_the_request() -> None:
    task = SimpleNamespace(id="abc")
    request_ids.begin_task(None, task)
    assert current_id.get() == "task-abc"
    request_ids.end_task(None, task)
    assert current_id.get() == "-"
    token = current_id.set(GIVEN)
    request_ids.begin_task(None, task)
    request_ids.end_task(None, task)
    assert current_id.get() == GIVEN
    current_id.reset(token)
