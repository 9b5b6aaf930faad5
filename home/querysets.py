from __future__ import annotations

from wagtail.models import PageManager, PageQuerySet

from verkosto.core.renditions import prefetch_image


class NewsQuerySet(PageQuerySet):
    def in_locale(self, locale_id: int) -> NewsQuerySet:
        """Return the news of one locale."""
        return self.filter(locale_id=locale_id)

    def about_topic(self, slug: str) -> NewsQuerySet:
        """Return the news with a topic, given by its slug."""
        return self.filter(topic_links__topic__slug=slug)

    def newest(self) -> NewsQuerySet:
        """Return the newest first, with the images that lists show."""
        return (
            self.order_by("-published_on", "-pk")
            .prefetch_related(prefetch_image("listing_image"))
            .defer_streamfields()
        )


NewsManager = PageManager.from_queryset(NewsQuerySet)
