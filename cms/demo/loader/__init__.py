"""Makes pages, snippets, accounts and registrations of the declared content. Run again, it changes nothing."""

from cms.demo.loader.load import load_demo

__all__ = ["load_demo"]
