"""The results that editors have chosen for a search (`wagtail.contrib.search_promotions`)."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Q
from wagtail.models import Locale

from verkosto.core.page_urls import path_of
from verkosto.core.search.normalisation import words_of
from verkosto.core.view_restrictions import is_private


@dataclass(frozen=True)
class PromotedResult:
    """A page or a link to another site, with the editor's description."""

    title: str
    url: str
    description: str


def promoted_results(locale: Locale, text: str) -> list[PromotedResult]:
    """Return what editors have chosen for these words: public pages of the language, and links to other sites.

    Case, accents and punctuation make no difference. One query.
    """
    words = words_of(text)
    if not words or not apps.is_installed("wagtail.contrib.search_promotions"):
        return []
    model = apps.get_model("wagtailsearchpromotions", "SearchPromotion")
    shown = Q(page=None) | Q(page__live=True, page__locale=locale)
    chosen = model.objects.filter(shown).select_related("query", "page__locale").order_by("sort_order", "pk")
    return [
        PromotedResult(
            title=promotion.title,
            url=path_of(promotion.page) if promotion.page else promotion.external_link_url,
            description=promotion.description,
        )
        for promotion in chosen
        if words_of(promotion.query.query_string) == words and not (promotion.page and is_private(promotion.page))
    ]
