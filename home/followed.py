"""What visitors can follow of the site: all of it, or its news. Followers are notified of new articles."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from home.models import HomePage, NewsIndexPage, NewsPage
from verkosto.core.followed_content import FollowedPageKind, TargetKind, TargetLink, links_of_pages, public_page


def _homes(keys: Collection[str], language: str) -> dict[str, TargetLink]:
    return links_of_pages(HomePage.objects.all(), keys, language)


def _pages_of_home(key: str, language: str) -> QuerySet[Page]:
    home = public_page(HomePage, key, language)
    return Page.objects.descendant_of(home) if home else Page.objects.none()


def _news_indexes(keys: Collection[str], language: str) -> dict[str, TargetLink]:
    return links_of_pages(NewsIndexPage.objects.all(), keys, language)


def _all_news(key: str, language: str) -> QuerySet[Page]:
    return NewsPage.objects.filter(locale__language_code=language)


TARGETS = [
    TargetKind(name="site", label=_("Whole site"), links=_homes, pages=_pages_of_home),
    TargetKind(name="news", label=_("News"), links=_news_indexes, pages=_all_news),
]
PAGES = [FollowedPageKind(model=NewsPage, new=pgettext_lazy("kind of news", "News"))]
