from argparse import ArgumentParser, BooleanOptionalAction
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.demo.loader import load_demo
from cms.demo.loader.accounts import accounts_allowed


class Command(BaseCommand):
    help = "Load the demo: pages in three languages, events to come, registrations. A second run changes nothing."

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
        loaded = load_demo(accounts=options["accounts"])
        self.stdout.write(
            f"Demo: {loaded.nodes} pages and entries, {loaded.registrations} registrations, "
            f"{loaded.accounts} accounts made."
        )
