"""Links to pages, documents and other sites, as a StreamField stores them and as a page shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from wagtail.documents import get_document_model

from verkosto.core.locales import all_versions, lang_if_different, localise_pks

if TYPE_CHECKING:
    from wagtail.blocks import StreamValue


class StoredLink(TypedDict, total=False):
    """A link as a StreamField stores it: with one of the targets ``page``, ``document`` (pks) and ``url``."""

    page: int
    document: int
    url: str
    title: str
    description: str


@dataclass(frozen=True)
class RelatedLink:
    """A link with its title. ``kind`` is page, link or document.

    ``hreflang`` is the language of the target and ``lang`` that of the title, where it is not the active language.
    """

    kind: str
    title: str
    url: str
    description: str = ""
    lang: str = ""
    hreflang: str = ""


class LinkTargets:
    """The pages and documents that stored links lead to. One query for each kind."""

    def __init__(self, links: Iterable[StoredLink]) -> None:
        links = list(links)
        self.page_ids = {link["page"] for link in links if link.get("page")}
        document_ids = {link["document"] for link in links if link.get("document")}
        self.pages = all_versions(self.page_ids) if self.page_ids else ()
        self.documents = get_document_model().objects.filter(pk__in=document_ids) if document_ids else ()

    def find(self, link: StoredLink) -> RelatedLink | None:
        """Return the link in the active language, or None where its target is deleted or not published."""
        title, description = link.get("title") or "", link.get("description") or ""
        if link.get("page"):
            page = localise_pks(self.page_ids, self.pages).get(link["page"])
            if page is None or not page.url:
                return None
            code = lang_if_different(page)
            return RelatedLink("page", title or page.title, page.url, description, "" if title else code, code)
        if link.get("document"):
            document = next((found for found in self.documents if found.pk == link["document"]), None)
            return RelatedLink("document", title or document.title, document.url, description) if document else None
        url = link.get("url")
        return RelatedLink("link", title or url, url, description) if url else None


def raw_links(stream: StreamValue) -> list[StoredLink]:
    """Return the stored links of a page's ``related`` field in their order, for `LinkTargets`."""
    links: list[StoredLink] = []
    for child in stream.raw_data:
        kind, value = child["type"], child["value"]
        if not value:
            continue
        if kind == "link":
            links.append(value)
        else:
            links.append(StoredLink(page=value) if kind == "page" else StoredLink(document=value))
    return links
