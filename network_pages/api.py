"""The networks in the API (``verkosto.api``). Members and their number beyond what the page shows are in no response."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.html import strip_tags
from pydantic import Field

from network_pages.enums import Joining, NetworkKind
from network_pages.models import NetworkPage
from verkosto.api.resources import AnyResource, Resource, Scope, page_fields, topics_of
from verkosto.api.schemas import ListQuery, PageItem


class NetworkItem(PageItem):
    """A permanent group of people with a purpose, members and meetings."""

    kind: NetworkKind
    purpose: str = Field(description="What the network is for, as plain text.")
    who_belongs: str = Field(description="Who can join.")
    joining: Joining
    joining_note: str
    rhythm: str = Field(description="How often the network meets, in words.")
    founded: int | None = Field(description="The year.")


class Networks(Resource[NetworkPage, ListQuery]):
    name = "networks"
    one = "network"
    description = "The public networks in the language, in alphabetical order."
    item = NetworkItem

    def public(self, scope: Scope) -> QuerySet[NetworkPage]:
        found = scope.pages(NetworkPage.objects.alphabetical())
        return found.defer_streamfields()

    def items(self, rows: Sequence[NetworkPage], scope: Scope) -> list[NetworkItem]:
        """Return the items. One query."""
        topics = topics_of(rows)
        return [
            NetworkItem(
                **page_fields(network, network.summary, topics, scope),
                kind=NetworkKind(network.kind),
                purpose=strip_tags(network.purpose),
                who_belongs=network.who_belongs,
                joining=Joining(network.joining),
                joining_note=network.joining_note,
                rhythm=network.rhythm,
                founded=network.founded,
            )
            for network in rows
        ]


RESOURCES: list[AnyResource] = [Networks()]
