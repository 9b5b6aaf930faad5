"""How pages select and order networks, groups and rounds."""

from typing import Self

from django.db.models import F
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from network_pages.enums import GroupStatus


class ListingQuerySet(PageQuerySet):
    def for_listing(self) -> Self:
        """Load what a list shows of each page, without the long texts."""
        return self.defer_streamfields()


class NetworkQuerySet(ListingQuerySet):
    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def in_locale(self, locale_id: int) -> Self:
        """Select those written in, or translated to, one language."""
        return self.filter(locale_id=locale_id)

    def alphabetical(self) -> Self:
        return self.order_by("title")


class SmallGroupQuerySet(ListingQuerySet):
    def not_ended(self) -> Self:
        """Select groups that are forming, active or full."""
        return self.exclude(status=GroupStatus.ENDED)


class RoundQuerySet(ListingQuerySet):
    def latest_first(self) -> Self:
        """Order by number, those without one last."""
        return self.order_by(F("number").desc(nulls_last=True), "-starts_on", "-path")


NetworkManager = PageManager.from_queryset(NetworkQuerySet)
SmallGroupManager = PageManager.from_queryset(SmallGroupQuerySet)
RoundManager = PageManager.from_queryset(RoundQuerySet)
