"""Local overrides: fields of a language version that are different from the original on purpose."""

from cms.demo.declarations import Node
from cms.demo.loader.build import assign, publish
from cms.demo.loader.field_values import FieldValues
from cms.demo.loader.nodes import Nodes
from verkosto.localisation.overrides.local_overrides import create_override


def apply_local_overrides(nodes: Nodes, node: Node) -> None:
    """Set the overridden fields of the node's language versions, and detach them from the original."""
    for override in node.local_overrides:
        page = nodes.page(node.key, override.language)
        assign(page, override.fields, FieldValues(nodes, f"{node.key}/{override.language}", override.language))
        for name in override.fields:
            create_override(page, name)
        publish(page)
