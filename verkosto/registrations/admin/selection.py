"""A selection of one desk's registrations: rows that were ticked, or all that a list's filters let through."""

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from verkosto.registrations.admin.filters import RegistrationFilterSet, readable_questions
from verkosto.registrations.admin.permissions import DeskPermission, has_permission
from verkosto.registrations.models import Desk, Registration

LEFT_OUT = ("p", "ordering", "columns", "id", "childOf", "next", "export", "csrfmiddlewaretoken")


def selected_registrations(desk: Desk, user: Any, query: QueryDict) -> QuerySet[Registration]:
    """The registrations that a query selects: by ``id``, or with the filters and search of the list.

    Filters by sensitive answers count only for those who may read them.
    """
    rows = Registration.objects.filter(desk=desk, purged_at__isnull=True)
    ids = [value for value in query.getlist("id") if value.isdigit()]
    if ids:
        return rows.filter(pk__in=ids)
    questions = readable_questions(desk, sensitive=has_permission(user, DeskPermission.READ_SENSITIVE, desk))
    filters = RegistrationFilterSet(query, questions=questions)
    # A filter that makes no sense selects nobody, not everybody.
    rows = filters.filter_queryset(rows) if filters.is_valid() else rows.none()
    return rows.matching(query.get("q", "")) if query.get("q") else rows


def selection_of(query: QueryDict) -> dict[str, list[str]]:
    """What of a query selects, as JSON: ticked rows, or filters. The words of a search are not kept."""
    ids = [value for value in query.getlist("id") if value.isdigit()]
    if ids:
        return {"id": ids}
    return {name: values for name, values in query.lists() if name not in LEFT_OUT and any(values)}


def query_from(kept: dict[str, list[str]]) -> QueryDict:
    """The query that ``selection_of`` kept."""
    query = QueryDict(mutable=True)
    for name, values in kept.items():
        query.setlist(name, values)
    return query
