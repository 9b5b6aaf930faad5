import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from verkosto.registrations.privacy.retention import due, purge


class Command(BaseCommand):
    help = "Erase sensitive answers and persons whose retention time is over, and report how many."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only list what is due")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            for row in due():
                self.stdout.write(f"{row['desk']}: {row['sensitive']} sensitive, {row['registrations']} registrations")
            return
        self.stdout.write(json.dumps(purge(), ensure_ascii=False, indent=2))
