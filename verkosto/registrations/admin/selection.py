"""A selection of a desk's registrations: the rows that were ticked, or those that the list's filters let through."""

from django.db.models import QuerySet
from django.http import QueryDict

from verkosto.core.row_ids import row_ids
from verkosto.core.users import AnyUser
from verkosto.registrations.admin.filters import RegistrationFilterSet, readable_questions
from verkosto.registrations.admin.permissions import DeskPermission, has_permission
from verkosto.registrations.domain.chosen_meeting import meeting_options
from verkosto.registrations.models import Desk, Registration

IGNORED_PARAMETERS = ("p", "ordering", "columns", "id", "childOf", "next", "export", "csrfmiddlewaretoken")


def selected_registrations(desk: Desk, user: AnyUser | None, query: QueryDict) -> QuerySet[Registration]:
    """Return the registrations that a query string selects: by ``id``, or with the filters and search of the list.

    Filters by sensitive answers are applied only for users who may read them. Without a user, because the account was
    deleted, filters select nobody: a filter that is not applied would select too many.
    """
    rows = Registration.objects.filter(desk=desk, purged_at__isnull=True)
    ids = row_ids(query.getlist("id"))
    if ids:
        return rows.filter(pk__in=ids)
    if user is None:
        return rows.none()
    questions = readable_questions(desk, sensitive=has_permission(user, DeskPermission.READ_SENSITIVE, desk))
    filters = RegistrationFilterSet(query, questions=questions, meetings=meeting_options(desk))
    # An invalid filter selects nobody, not everybody.
    rows = filters.filter_queryset(rows) if filters.is_valid() else rows.none()
    return rows.matching(query.get("q", "")) if query.get("q") else rows


def selection_of(query: QueryDict) -> dict[str, list[str]]:
    """Return the selection in a query string as JSON: ticked rows, or filters. A search term is left out."""
    ids = row_ids(query.getlist("id"))
    if ids:
        return {"id": ids}
    return {name: values for name, values in query.lists() if name not in IGNORED_PARAMETERS and any(values)}


def query_from(selection: dict[str, list[str]]) -> QueryDict:
    """Return the query string of a selection that ``selection_of`` made."""
    query = QueryDict(mutable=True)
    for name, values in selection.items():
        query.setlist(name, values)
    return query
