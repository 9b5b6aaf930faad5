from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wagtail.documents import get_document_model

from verkosto.core.locales import all_versions, foreign_language, localised

if TYPE_CHECKING:
    from wagtail.blocks import StreamValue


@dataclass(frozen=True)
class RelatedLink:
    """``kind`` is page, link or document.

    ``hreflang`` is the target's language and ``lang`` the title's, where they are not the reader's.
    """

    kind: str
    title: str
    url: str
    description: str = ""
    lang: str = ""
    hreflang: str = ""


class Targets:
    """The pages and documents that links lead to, for links as a StreamField stores them. One query for each kind."""

    def __init__(self, links: Iterable[Mapping[str, Any]]) -> None:
        links = list(links)
        self.page_ids = {link["page"] for link in links if link.get("page")}
        document_ids = {link["document"] for link in links if link.get("document")}
        self.pages = all_versions(self.page_ids) if self.page_ids else ()
        self.documents = get_document_model().objects.filter(pk__in=document_ids) if document_ids else ()

    def find(self, link: Mapping[str, Any]) -> RelatedLink | None:
        """Where a link leads for a reader of the active language; None where that is gone or not live."""
        title, description = link.get("title") or "", link.get("description") or ""
        if link.get("page"):
            page = localised(self.page_ids, self.pages).get(link["page"])
            if page is None or not page.url:
                return None
            code = foreign_language(page)
            return RelatedLink("page", title or page.title, page.url, description, "" if title else code, code)
        if link.get("document"):
            document = next((found for found in self.documents if found.pk == link["document"]), None)
            return RelatedLink("document", title or document.title, document.url, description) if document else None
        url = link.get("url")
        return RelatedLink("link", title or url, url, description) if url else None


def stored_links(stream: StreamValue) -> list[Mapping[str, Any]]:
    """The entries of a page's ``related`` field in their order, as :class:`Targets` knows them."""
    entries = ((child["type"], child["value"]) for child in stream.raw_data)
    return [value if kind == "link" else {kind: value} for kind, value in entries if value]
