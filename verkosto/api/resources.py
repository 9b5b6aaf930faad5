"""The resources that the API lists. An installed app adds its own through the hook ``register_verkosto_api``.

The hook returns a list of ``Resource`` instances. Paging, caching, limits, errors and documentation are the same for all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from ninja.schema import BaseModel
from wagtail import hooks
from wagtail.models import Page
from wagtail.query import PageQuerySet

from verkosto.api.schemas import ListQuery, PageFields
from verkosto.core.content_cache import cached
from verkosto.core.routing import find_root_path, find_site
from verkosto.core.view_restrictions import is_private, public_q
from verkosto.directory.models import TopicLink

HOOK = "register_verkosto_api"

Row = TypeVar("Row", bound=Model)
Query = TypeVar("Query", bound=ListQuery)


@dataclass(frozen=True)
class Scope:
    """What a request reads: the public pages below the home page of one language, on the site of its host."""

    language: str
    home: Page

    def pages(self, rows: PageQuerySet) -> PageQuerySet:
        """Select the public pages: they are live, and neither they nor a page above them is restricted."""
        return rows.live().filter(public_q(), path__startswith=self.home.path)


class Resource(Generic[Row, Query]):
    """A list of the API, and its single items. A subclass is registered as an instance."""

    #: The name in the address and, as one, in the document: "events", "event".
    name: ClassVar[str]
    one: ClassVar[str]
    description: ClassVar[str]
    item: ClassVar[type[BaseModel]]
    query: ClassVar[type[ListQuery]] = ListQuery
    #: The field by which a single item is found.
    key: ClassVar[str] = "translation_key"

    def public(self, scope: Scope) -> QuerySet[Row]:
        """Return everything that anybody may read, in the order of the list."""
        raise NotImplementedError

    def narrow(self, rows: QuerySet[Row], query: Query, scope: Scope) -> QuerySet[Row]:
        """Return what the query selects."""
        return rows

    def items(self, rows: Sequence[Row], scope: Scope) -> Sequence[BaseModel]:
        """Return the items of rows. The number of queries does not depend on the number of rows."""
        raise NotImplementedError


#: A resource of any rows and filters, as the hook returns it.
AnyResource: TypeAlias = Resource[Any, Any]


@cache
def resources() -> tuple[AnyResource, ...]:
    """Return the resources of the installed apps, in the order of the hook."""
    return tuple(resource for hook in hooks.get_hooks(HOOK) for resource in hook())


def scope_of(request: HttpRequest, language: str) -> Scope:
    """Return the scope of a request. Raise Http404 where the site has no public home page in the language."""
    site, root = find_site(request), find_root_path(request, language)
    if site is None or root is None:
        raise Http404("This site has no pages in this language.")
    home = cached(partial(_home, root, language), "api-home", site.pk, language)
    if home is None or is_private(home):
        raise Http404("This site has no pages in this language.")
    return Scope(language, home)


def _home(root: str, language: str) -> Page | None:
    return Page.objects.live().filter(url_path=root, locale__language_code=language).defer_streamfields().first()


def topics_of(rows: Collection[Page]) -> dict[int, list[str]]:
    """Return the keys of the topics, by the primary key of the page. One query."""
    found: dict[int, list[str]] = defaultdict(list)
    links = TopicLink.objects.filter(page__in=[page.pk for page in rows]).order_by("sort_order", "pk")
    for page, slug in links.values_list("page", "topic__slug"):
        found[page].append(slug)
    return found


def page_fields(page: Page, summary: str, topics: dict[int, list[str]], scope: Scope) -> PageFields:
    """Return the fields that every page has, for ``PageItem``."""
    return {
        "id": page.translation_key,
        "language": scope.language,
        "url": page.full_url,
        "title": page.title,
        "summary": summary,
        "topics": topics.get(page.pk, []),
        "published_at": page.first_published_at,
        "updated_at": page.last_published_at,
    }
