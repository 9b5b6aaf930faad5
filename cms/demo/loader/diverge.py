"""Fields that a language version fills in its own way, apart from the original, on purpose."""

from cms.demo.declare import Node
from cms.demo.loader.build import assign, publish
from cms.demo.loader.library import Library
from cms.demo.loader.values import Values
from verkosto.localisation.overrides.local_overrides import detach


def diverge(library: Library, node: Node) -> None:
    for divergence in node.divergences:
        page = library.page(node.key, divergence.language)
        assign(page, divergence.fields, Values(library, f"{node.key}/{divergence.language}", divergence.language))
        for name in divergence.fields:
            detach(page, name)
        publish(page)
