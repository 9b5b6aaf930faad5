"""The news in the API (``verkosto.api``)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, Literal, cast

from django.db.models import QuerySet
from pydantic import Field

from home.models import NewsPage
from verkosto.api.resources import AnyResource, Resource, Scope, page_fields, topics_of
from verkosto.api.schemas import ListQuery, PageItem, without_null


class NewsQuery(ListQuery):
    """The filters of the news."""

    topic: str | None = Field(None, json_schema_extra=without_null, max_length=80, description="The key of a topic.")


Kind = Literal["news", "story"]


class NewsItem(PageItem):
    """A news item or a story."""

    kind: Kind
    published_on: date = Field(description="The date that visitors see.")
    lead: str = Field(description="The first paragraph.")
    byline: str
    headline_is_quotation: bool


class News(Resource[NewsPage, NewsQuery]):
    name = "news"
    one = "news_item"
    description = "The public news and stories in the language, the newest first."
    item = NewsItem
    query: ClassVar[type[ListQuery]] = NewsQuery

    def public(self, scope: Scope) -> QuerySet[NewsPage]:
        found = scope.pages(NewsPage.objects.order_by("-published_on", "-pk"))
        return found.defer_streamfields()

    def narrow(self, rows: QuerySet[NewsPage], query: NewsQuery, scope: Scope) -> QuerySet[NewsPage]:
        return rows.filter(topic_links__topic__slug=query.topic).distinct() if query.topic else rows

    def items(self, rows: Sequence[NewsPage], scope: Scope) -> list[NewsItem]:
        """Return the items. One query."""
        topics = topics_of(rows)
        return [
            NewsItem(
                **page_fields(news, news.summary, topics, scope),
                kind=cast("Kind", news.kind),
                published_on=news.published_on,
                lead=news.lead or news.summary,
                byline=news.byline,
                headline_is_quotation=news.headline_is_quotation,
            )
            for news in rows
        ]


RESOURCES: list[AnyResource] = [News()]
