"""An id for each request and each background task, in the log and in the response, so that lines can be put together."""

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponseBase

from verkosto.operations import conf

HEADER = "X-Request-ID"
# Shorter than the tokens that the log leaves out.
WELL_FORMED = re.compile(r"[A-Za-z0-9-]{8,40}")
NONE = "-"

current_id: ContextVar[str] = ContextVar("request_id", default=NONE)


class RequestIdMiddleware:
    """Give each request an id: the one that a proxy of the site wrote, if it is well-formed, or a new one.

    ``TRUSTED_PROXIES`` says whether there is such a proxy. It has to replace what a client wrote.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get(HEADER, "") if conf.trusted_proxies() else ""
        identifier = given if WELL_FORMED.fullmatch(given) else uuid.uuid4().hex
        token = current_id.set(identifier)
        try:
            response = self.get_response(request)
        finally:
            current_id.reset(token)
        response[HEADER] = identifier
        return response


class AddRequestId(logging.Filter):
    """Give each log record the attribute ``request_id``, "-" outside requests and tasks."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_id.get()
        return True


def begin_task(sender: object, task_result: object, **kwargs: object) -> None:
    """Give what a worker logs the id of its task, which the request that caused it logged too (``task_started``).

    A task that runs at once, inside a request, has the id of that request.
    """
    if current_id.get() == NONE:
        current_id.set(f"task-{getattr(task_result, 'id', '')}")


def end_task(sender: object, task_result: object, **kwargs: object) -> None:
    """Forget the id of a task that is over (``task_finished``)."""
    if current_id.get().startswith("task-"):
        current_id.set(NONE)
