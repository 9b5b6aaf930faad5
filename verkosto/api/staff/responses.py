"""Responses for staff: personal data that no cache keeps."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.http import HttpRequest, HttpResponse
from ninja.schema import BaseModel

from verkosto.api.responses import JSON, list_content
from verkosto.api.schemas import Problem
from verkosto.api.staff.schemas import PortionQuery
from verkosto.registrations.admin.responses import private_response

#: What every operation with a token may answer besides its result.
FAILURES = {401: Problem, 403: Problem, 404: Problem, 422: Problem, 429: Problem}


def private_json(content: BaseModel, status: int = 200) -> HttpResponse:
    """Return an object as a response that no cache keeps."""
    return private_response(HttpResponse(content.model_dump_json(), content_type=JSON, status=status))


def portion(rows: models.QuerySet, query: PortionQuery) -> tuple[int, list[models.Model]]:
    """Return the length of a list, and the rows of its portion. At most two queries."""
    count = rows.order_by().count()
    return count, list(rows[query.offset : query.offset + query.limit]) if query.offset < count else []


def listing(request: HttpRequest, query: PortionQuery, count: int, items: Sequence[BaseModel]) -> HttpResponse:
    """Return a portion of a list as a response that no cache keeps."""
    content = list_content(request.path, query, count, query.limit, query.offset, items)
    return private_response(HttpResponse(content, content_type=JSON))
