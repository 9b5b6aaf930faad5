"""Load the demo: nodes with their translations, local overrides, registrations, members, accounts."""

from dataclasses import dataclass

from django.db import transaction

from cms.demo.content import NODES
from cms.demo.loader.accounts import accounts_allowed, make_accounts
from cms.demo.loader.build import build_original
from cms.demo.loader.email_templates import make_email_templates
from cms.demo.loader.local_overrides import apply_local_overrides
from cms.demo.loader.members import make_group_plan, make_members
from cms.demo.loader.nodes import Nodes
from cms.demo.loader.pairs import make_pair_plan
from cms.demo.loader.registrations import make_registrations
from cms.demo.loader.season import make_feedback, register_season
from cms.demo.loader.site import prepare_site, set_host
from cms.demo.loader.translate import change_later, translate


@dataclass(frozen=True, slots=True)
class LoadResult:
    """The numbers of rows that a load created; all zero if everything existed."""

    nodes: int = 0
    registrations: int = 0
    members: int = 0
    accounts: int = 0


def load_demo(*, accounts: bool) -> LoadResult:
    """Load the demo content; with `accounts` also its users, whose password is publicly known.

    Registrations, members, and with them emails, are made in the demo only: not where the settings refuse its password.

    Existing rows are not changed, so that editors' changes are kept.
    """
    with transaction.atomic():
        nodes = _load_nodes()
        set_host()
    new_accounts = make_accounts() if accounts else 0
    if not accounts_allowed():
        return LoadResult(nodes=nodes, accounts=new_accounts)
    members = make_members()
    make_group_plan()
    make_pair_plan()
    registrations = make_registrations() + register_season()
    make_feedback()
    make_email_templates()
    return LoadResult(nodes=nodes, accounts=new_accounts, registrations=registrations, members=members)


def _load_nodes() -> int:
    nodes = Nodes(NODES)
    made = [node for node in NODES if nodes.find(node.key, node.original) is None]
    for node in made:
        original, values = build_original(nodes, node)
        translate(nodes, node, original, values)
        if node.key == "home":
            prepare_site(nodes)
    for node in made:
        apply_local_overrides(nodes, node)
        if node.later:
            change_later(nodes, node)
    return len(made)
