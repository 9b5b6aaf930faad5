from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from verkosto.localisation.states.recount import recount
from verkosto.localisation.states.report import status_rows


class Command(BaseCommand):
    help = "Show the stored translation state of every page and snippet in every language."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object a line instead of a table")
        parser.add_argument("--rebuild", action="store_true", help="count everything anew first")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rebuild"]:
            changed = recount()
            self.stderr.write(f"{changed} changed")
        for row in status_rows():
            if options["json"]:
                self.stdout.write(json.dumps(row, ensure_ascii=False))
            else:
                done = f"{row['strings_done']}/{row['strings_total']}"
                self.stdout.write(f"{row['locale']:<6} {row['state']:<14} {done:>9}  {row['title']}")
