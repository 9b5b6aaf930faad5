from __future__ import annotations

from typing import Any

from django.contrib.sitemaps import Sitemap
from wagtail.models import Page, Site

from verkosto.core.locales import build_alternates


class PageSitemap(Sitemap):
    """Every published, public page of every language, each with its language versions.

    Two queries, regardless of the number of pages. https://www.sitemaps.org/protocol.html allows 50,000 URLs a file.
    """

    limit = 50_000

    def items(self) -> list[Page]:
        roots = [root.root_path for root in Site.get_site_root_paths()]
        pages = (
            Page.objects.live().public().filter(alias_of=None, depth__gt=1).select_related("locale").order_by("path")
        )
        pages = [page for page in pages if page.url_path.startswith(tuple(roots))]
        self.versions: dict[Any, dict[str, Page]] = {}
        for page in pages:
            self.versions.setdefault(page.translation_key, {})[page.locale.language_code] = page
        return pages

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        """Return the entries of one page of the sitemap, with the keys that Django's template reads."""
        return [self.entry(item) for item in self.paginator.page(page).object_list]

    def entry(self, page: Page) -> dict[str, Any]:
        alternates = build_alternates(self.versions[page.translation_key], page.locale.language_code)
        available = [alternate for alternate in alternates if alternate.url]
        return {
            "item": page,
            "location": page.full_url,
            "lastmod": page.last_published_at,
            "changefreq": None,
            "priority": "",
            "alternates": [
                *({"lang_code": alternate.language_code, "location": alternate.url} for alternate in available),
                *({"lang_code": "x-default", "location": alternate.url} for alternate in available[:1]),
            ],
        }
