"""The addresses of a resource: its list, and its single items."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated
from uuid import UUID

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import override
from ninja import Query, Router
from ninja.errors import ValidationError
from ninja.schema import BaseModel

from verkosto.api.resources import AnyResource, Scope, scope_of
from verkosto.api.responses import list_content, public_response
from verkosto.api.schemas import LanguageQuery, Listing, ListQuery, Problem

FAILURES = {404: Problem, 422: Problem, 429: Problem}


def add_resource(router: Router, resource: AnyResource) -> None:
    """Add the list of a resource and its single items to a router."""

    # Ninja reads the parameters from the annotations, which name the types of this resource.
    def listing(request: HttpRequest, query: Annotated[resource.query, Query()]) -> HttpResponse:  # type: ignore[name-defined]  # likewise
        return _listing(resource, request, query)

    def detail(request: HttpRequest, id: UUID, query: Annotated[LanguageQuery, Query()]) -> HttpResponse:
        return _detail(resource, request, id, query)

    path, plural, tags = f"/{resource.name}", resource.name.replace("_", " "), [resource.name]
    router.get(
        path,
        response={200: Listing[resource.item], **FAILURES},  # type: ignore[name-defined]  # a type of this resource
        operation_id=f"list_{resource.name}",
        url_name=f"list_{resource.name}",
        summary=f"List {plural}",
        description=resource.description,
        tags=tags,
    )(listing)
    router.get(
        f"{path}/{{id}}",
        response={200: resource.item, **FAILURES},
        operation_id=f"get_{resource.one}",
        url_name=f"get_{resource.one}",
        summary=f"Get one of the {plural}",
        tags=tags,
    )(detail)


def _listing(resource: AnyResource, request: HttpRequest, query: ListQuery) -> HttpResponse:
    _refuse_unknown(request, type(query))
    scope = scope_of(request, query.lang)
    asked = query.model_dump(mode="json")
    make = partial(_write_list, resource, query, scope, request.path)
    return public_response(request, make, resource.name, *asked.items(), language=query.lang)


def _detail(resource: AnyResource, request: HttpRequest, key: UUID, query: LanguageQuery) -> HttpResponse:
    _refuse_unknown(request, type(query))
    scope = scope_of(request, query.lang)
    make = partial(_write_one, resource, key, scope)
    return public_response(request, make, resource.name, key.hex, query.lang, language=query.lang)


def _refuse_unknown(request: HttpRequest, query: type[BaseModel]) -> None:
    """Raise ValidationError for parameters that there are not: a response without the filter would be a wrong one."""
    known = ", ".join(query.model_fields)
    problem = {"type": "unknown_parameter", "msg": f"There is no such parameter. There are {known}."}
    if unknown := [name for name in request.GET if name not in query.model_fields]:
        raise ValidationError([{**problem, "loc": ["query", name[:50]]} for name in unknown[:10]])


def _write_list(resource: AnyResource, query: ListQuery, scope: Scope, path: str) -> bytes:
    """Return a portion of the list. The number of queries does not depend on the number of items."""
    with override(scope.language):
        rows = resource.narrow(resource.public(scope), query, scope)
        count = rows.order_by().count()
        shown: Sequence[Model] = list(rows[query.offset : query.offset + query.limit]) if query.offset < count else []
        items = resource.items(shown, scope)
    return list_content(path, query, count, query.limit, query.offset, items)


def _write_one(resource: AnyResource, key: UUID, scope: Scope) -> bytes:
    with override(scope.language):
        row = resource.public(scope).filter(**{resource.key: key}).first()
        if row is None:
            raise Http404(f"There is no such {resource.one} in this language.")
        return resource.items([row], scope)[0].model_dump_json().encode()
