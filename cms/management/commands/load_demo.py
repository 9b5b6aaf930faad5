from argparse import ArgumentParser, BooleanOptionalAction
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.demo.loader import load_demo
from cms.demo.loader.accounts import accounts_allowed
from cms.demo.loader.site import has_other_pages


class Command(BaseCommand):
    help = (
        "Load the demo: pages in three languages, events to come, registrations, members. A second run changes nothing. "
        "Production settings get the pages only: no registrations, no members, no emails, no accounts."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--accounts",
            action=BooleanOptionalAction,
            default=accounts_allowed(),
            help="Also make the demo's users, whose password everybody knows. Refused by production settings.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["accounts"] and not accounts_allowed():
            raise CommandError("These settings refuse the demo password. Make users with createsuperuser instead.")
        if not accounts_allowed() and has_other_pages():
            raise CommandError("This site has a home page of its own, which the demo would replace.")
        loaded = load_demo(accounts=options["accounts"])
        self.stdout.write(
            f"Demo: {loaded.nodes} pages and entries, {loaded.registrations} registrations, "
            f"{loaded.members} members, {loaded.accounts} accounts made."
        )
