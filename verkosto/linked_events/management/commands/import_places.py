from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from verkosto.core.http_client import RequestFailed
from verkosto.linked_events import client, conf
from verkosto.linked_events.places.place_import import import_place, plan
from verkosto.linked_events.places.remote import places_of


class Command(BaseCommand):
    help = "Import places of the LinkedEvents server as venues. Repeated, it brings them up to date."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", help="A part of the name or street of the places.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would be done, and do nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not conf.server_url():
            raise CommandError("Set VERKOSTO_LINKED_EVENTS_URL to the address of a LinkedEvents server first.")
        try:
            places = places_of(client.read_places(options["text"]))
        except RequestFailed as error:
            raise CommandError(str(error)) from error
        planned = plan(places)
        for row in planned:
            self.stdout.write(f"{row.state.value}: {row.place.name} ({row.place.identifier})")
        states = [row.state if options["dry_run"] else import_place(row.place) for row in planned]
        counts = Counter(state.value for state in states)
        self.stdout.write(", ".join(f"{name}: {number}" for name, number in sorted(counts.items())) or "No places.")
