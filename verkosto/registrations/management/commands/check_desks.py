import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from verkosto.registrations.domain.capacity_audit import check
from verkosto.registrations.models import Desk


class Command(BaseCommand):
    help = "Compare every desk's pools with its registrations. Exit with 1 where they differ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object a desk, one a line")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = 0
        for desk in Desk.objects.order_by("pk"):
            count = check(desk)
            wrong += not count.consistent
            row = {
                "key": str(desk.translation_key),
                "title": desk.version(desk.original_language).get("title", ""),
                "capacity": desk.capacity,
                "taken": count.taken,
                "waiting": count.waiting,
                "consistent": count.consistent,
                "urls": {language: version.get("url", "") for language, version in desk.versions.items()},
            }
            if options["json"]:
                self.stdout.write(json.dumps(row, ensure_ascii=False))
            else:
                limit = "–" if desk.capacity is None else desk.capacity
                self.stdout.write(f"{row['title']}: {count.taken}/{limit}, {count.waiting} waiting")
            for line in count.wrong:
                self.stderr.write(f"{row['key']}: {line}")
        if wrong:
            sys.exit(1)
