import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from verkosto.registrations.privacy.retention import due, purge, waiting_for_archive


class Command(BaseCommand):
    help = "Erase sensitive answers and persons whose retention time is over, and report how many."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="only list what is due, and what waits for its archive"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            for row in due():
                self.stdout.write(f"{row['desk']}: {row['sensitive']} sensitive, {row['registrations']} registrations")
            for late in waiting_for_archive():
                number = late["registrations"]
                self.stdout.write(f"{late['desk']}: {number} registrations wait for their archive: {late['reason']}")
            return
        self.stdout.write(json.dumps(purge(), ensure_ascii=False, indent=2))
