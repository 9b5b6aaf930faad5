from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from base_pages.locales import localised_pages

if TYPE_CHECKING:
    from wagtail.blocks import StreamValue


@dataclass(frozen=True)
class RelatedLink:
    """``kind`` is page, link or document."""

    kind: str
    title: str
    url: str
    description: str = ""


def related_links(stream: StreamValue) -> list[RelatedLink]:
    """The entries of a page's ``related`` field in their order; what is gone or not live is left out."""
    pages = [child.value for child in stream if child.block_type == "page" and child.value]
    pages += [child.value["page"] for child in stream if child.block_type == "link" and child.value.get("page")]
    localised = localised_pages(pages)
    links = []
    for child in stream:
        link = None
        if child.block_type == "page" and child.value and child.value.pk in localised:
            page = localised[child.value.pk]
            link = RelatedLink("page", page.title, page.url or "")
        elif child.block_type == "document" and child.value:
            link = RelatedLink("document", child.value.title, child.value.url)
        elif child.block_type == "link":
            value = child.value
            if value.get("page"):
                page = localised.get(value["page"].pk)
                if page is None:
                    continue
                link = RelatedLink("page", value["title"] or page.title, page.url or "", value["description"])
            else:
                kind = "document" if value.get("document") else "link"
                link = RelatedLink(kind, value.text, value.href, value["description"])
        if link and link.url:
            links.append(link)
    return links
