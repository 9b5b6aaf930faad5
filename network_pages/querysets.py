"""The questions that pages ask of networks, groups and rounds."""

from typing import Self

from django.db.models import Case, F, OuterRef, Subquery, When
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from verkosto.core.locales import active_language


class ListingQuerySet(PageQuerySet):
    def for_listing(self) -> Self:
        """With what a list shows of each page, and without the long texts."""
        return self.defer_streamfields()


class NetworkQuerySet(ListingQuerySet):
    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def in_locale(self, locale_id: int) -> Self:
        """Written in, or translated to, one language."""
        return self.filter(locale_id=locale_id)

    def once_each(self) -> Self:
        """Of each network one version: that in the active language, else the one that was made first."""
        own = Case(When(locale__language_code=active_language(), then=0), default=1)
        versions = self.model.objects.filter(translation_key=OuterRef("translation_key")).order_by(own, "pk")
        return self.filter(pk=Subquery(versions.values("pk")[:1]))

    def alphabetical(self) -> Self:
        return self.order_by("title")


class SmallGroupQuerySet(ListingQuerySet):
    def going_on(self) -> Self:
        """Forming, active or full."""
        return self.exclude(status="ended")


class RoundQuerySet(ListingQuerySet):
    def latest_first(self) -> Self:
        return self.order_by(F("number").desc(nulls_last=True), "-starts_on", "-path")


NetworkManager = PageManager.from_queryset(NetworkQuerySet)
SmallGroupManager = PageManager.from_queryset(SmallGroupQuerySet)
RoundManager = PageManager.from_queryset(RoundQuerySet)
