"""The feeds of a list of news, at URLs below the list's."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from home.models import NewsIndexPage
from verkosto.core.feeds import FORMATS, MAX_ITEMS, FeedItem, page_file, start_of, write_feed


@require_safe
def news_feed(request: HttpRequest, path: str, name: str) -> HttpResponse:
    """Return a feed of the list of news at ``path``; 404 if that is not public or no such list."""
    content_type = FORMATS[name.rpartition(".")[2]].content_type
    return page_file(request, path, name, partial(_write, name=name), content_type)[1]


def _write(page: Page, name: str) -> bytes:
    if not isinstance(page, NewsIndexPage):
        raise Http404
    news = page.public_news.newest()[:MAX_ITEMS]
    items = (FeedItem(page=item, text=item.summary, published=start_of(item.published_on)) for item in news)
    return write_feed(page, name, items)
