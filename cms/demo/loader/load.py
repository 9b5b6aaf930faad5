"""The order of loading: locales, snippets, pages with their translations, what differs on purpose, people."""

from dataclasses import dataclass

from django.db import transaction

from cms.demo.content import NODES
from cms.demo.loader.accounts import make_accounts
from cms.demo.loader.build import build_original
from cms.demo.loader.diverge import diverge
from cms.demo.loader.library import Library
from cms.demo.loader.signups import sign_up_visitors
from cms.demo.loader.site import name_host, prepare_site
from cms.demo.loader.translate import change_later, translate


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many things this load made; all zero when there was nothing left to do."""

    nodes: int = 0
    registrations: int = 0
    accounts: int = 0


def load_demo(*, accounts: bool) -> Loaded:
    """Load the demo content; with `accounts` also its users, whose password everybody knows.

    What exists already is left as it is, also where editors have changed it since.
    """
    with transaction.atomic():
        nodes = _load_nodes()
        name_host()
    made = make_accounts() if accounts else 0
    return Loaded(nodes=nodes, accounts=made, registrations=sign_up_visitors())


def _load_nodes() -> int:
    library = Library(NODES)
    made = [node for node in NODES if library.find(node.key, node.original) is None]
    for node in made:
        original, values = build_original(library, node)
        translate(library, node, original, values)
        if node.key == "home":
            prepare_site(library)
    for node in made:
        diverge(library, node)
        if node.later:
            change_later(library, node)
    return len(made)
