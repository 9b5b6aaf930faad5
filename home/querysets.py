from __future__ import annotations

from wagtail.models import PageManager, PageQuerySet

from verkosto.core.renditions import prefetch_image


class NewsQuerySet(PageQuerySet):
    def in_locale(self, locale_id: int) -> NewsQuerySet:
        """News written in, or translated to, one language."""
        return self.filter(locale_id=locale_id)

    def about_topic(self, slug: str) -> NewsQuerySet:
        """News with a topic, named by its key."""
        return self.filter(topic_links__topic__slug=slug)

    def newest(self) -> NewsQuerySet:
        """Newest first, with what a list shows of each."""
        return (
            self.order_by("-published_on", "-pk")
            .prefetch_related(prefetch_image("listing_image"))
            .defer_streamfields()
        )


NewsManager = PageManager.from_queryset(NewsQuerySet)
