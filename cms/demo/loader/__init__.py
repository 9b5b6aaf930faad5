"""Create pages, snippets, accounts and registrations from the declared content. A second run changes nothing."""

from cms.demo.loader.load import load_demo

__all__ = ["load_demo"]
