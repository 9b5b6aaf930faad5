"""The results of a search of the site: public pages of one language, upcoming before past."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, Case, F, When, prefetch_related_objects
from django.utils.safestring import SafeString
from wagtail.models import Locale, Page
from wagtail.query import PageQuerySet

from event_pages.event_rows import EventRow, event_rows
from event_pages.models import EventPage
from home.search_filters import Matches, SearchFilter
from verkosto.core.content_cache import cached
from verkosto.core.search.highlighting import excerpt, highlight
from verkosto.core.search.indexing import as_text
from verkosto.core.search.matching import RANK
from verkosto.core.search.pages import find_pages
from verkosto.core.search.queries import parse_query
from verkosto.core.search.suggestions import suggest, vocabulary
from verkosto.core.view_restrictions import public_q


@dataclass(frozen=True)
class Result:
    """A page with its title and the surroundings of the words found, marked; ``row`` is that of an event in lists."""

    page: Page
    title: SafeString
    excerpt: SafeString | str
    row: EventRow | None


def public_pages(locale: Locale) -> PageQuerySet:
    """Return the pages of a language that everyone may see. No query."""
    return Page.objects.live().filter(public_q(), locale=locale, depth__gt=1)


def find(locale: Locale, text: str, now: datetime) -> PageQuerySet:
    """Return the public pages that a query finds. Past events come last; before that, those with the words in the title.

    Events follow in the order of their dates, the next first, then other pages, the newest first.
    """
    is_past = Case(When(eventpage__sort_end__lt=now, then=True), default=False, output_field=BooleanField())
    found = find_pages(public_pages(locale), text, locale.language_code).annotate(is_past=is_past)
    start = F("eventpage__sort_start")
    to_come = Case(When(is_past=False, then=start)).asc(nulls_last=True)
    return found.order_by("is_past", RANK, to_come, start.desc(nulls_last=True), "-first_published_at", "-pk")


def matching_pages(locale: Locale, text: str, chosen: SearchFilter, now: datetime) -> Matches:
    """Return all that a query finds with the choices of network and time, in order.

    Kept until the content changes, at most a minute, for the other pages and types of the results. All keys in one query
    cost less than counting the types, counting the pages and reading one page of them.
    """
    digest = blake2b(text.encode(), digest_size=16).hexdigest()  # names are searched, too: no key holds one
    choices = [chosen.chosen.get(name, "") for name in ("network", "time")]

    def search() -> Matches:
        found = chosen.narrow(find(locale, text, now), now)
        return Matches.of(found.values_list("pk", "content_type_id"))

    return cached(search, "search", locale.pk, *choices, digest)


def pages_of(keys: Sequence[int]) -> list[Page]:
    """Return the specific pages with these keys, in their order. Of events only the columns that results show.

    One query for the events, and one for each type among the other pages and one besides, if there are others.
    """
    of_events = ContentType.objects.get_for_model(EventPage)
    events = EventPage.objects.filter(pk__in=keys, content_type=of_events).for_listing(*_text_columns(EventPage))
    pages: dict[int, Page] = {event.pk: event for event in events}
    others = [key for key in keys if key not in pages]
    if others:
        pages |= {page.pk: page for page in Page.objects.filter(pk__in=others).specific()}
    return [pages[key] for key in keys if key in pages]


def results_of(pages: Sequence[Page], text: str, language: str) -> list[Result]:
    """Return the results for specific pages, with marks. At most four queries, if one is an event."""
    terms = parse_query(text, [language])
    rows = _rows_of(pages)
    return [
        Result(
            page=page,
            title=highlight(page.title, terms, language),
            excerpt=excerpt(_texts_of(page), terms, language) or getattr(page, "summary", ""),
            row=rows.get(page.pk),
        )
        for page in pages
    ]


def suggestion_for(locale: Locale, text: str, now: datetime) -> str:
    """Return a similar query that finds something, made of words in titles of public pages; "" if there is none."""
    words = cached(lambda: _words_in_titles(locale), "search-words", locale.pk)
    suggested = suggest(parse_query(text, [locale.language_code]), words)
    return suggested if suggested and find(locale, suggested, now).exists() else ""


def _words_in_titles(locale: Locale) -> dict[str, str]:
    return vocabulary(public_pages(locale).values_list("title", flat=True).iterator())


def _texts_of(page: Page) -> Iterator[str]:
    """Yield the texts of a page that visitors read, those of its own columns alone: related objects need queries."""
    columns = _text_columns(type(page))
    for field in page.get_searchable_search_fields():
        if field.field_name in columns:
            yield as_text(field.get_value(page))


def _text_columns(model: type[Page]) -> set[str]:
    """Return the names of the columns besides the title that are searched."""
    searched = {field.field_name for field in model.get_searchable_search_fields()}
    return searched & {field.name for field in model._meta.concrete_fields} - {"title"}


def _rows_of(pages: Sequence[Page]) -> dict[int, EventRow]:
    events = [page for page in pages if isinstance(page, EventPage)]
    if not events:
        return {}
    prefetch_related_objects(events, "venue")  # of event types that plugins add: the others have it
    return {row.event.pk: row for row in event_rows(events)}
