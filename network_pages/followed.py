"""What visitors can follow of networks: a network, with its events and news."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from network_pages.models import NetworkPage
from verkosto.core.followed_content import TargetKind, TargetLink, links_of_pages, public_page


def _networks(keys: Collection[str], language: str) -> dict[str, TargetLink]:
    return links_of_pages(NetworkPage.objects.all(), keys, language)


def _pages_of_network(key: str, language: str) -> QuerySet[Page]:
    """Return the pages below a network, and those elsewhere that name it."""
    network = public_page(NetworkPage, key, language)
    if network is None:
        return Page.objects.none()
    naming = Page.objects.filter(network_links__network_page__translation_key=network.translation_key).values("pk")
    return Page.objects.filter(Q(path__startswith=network.path) | Q(pk__in=naming), locale_id=network.locale_id)


TARGETS = [TargetKind(name="network", label=_("Network"), links=_networks, pages=_pages_of_network)]
