import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from registrations.outbox import deliver_due
from registrations.upkeep import tend


class Command(BaseCommand):
    help = "Delivers what the outbox holds, also what a stopped worker left; with --tend all that time brings about."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--tend", action="store_true", help="also lapse held places, remind, send joining instructions"
        )
        parser.add_argument("--every", type=int, default=0, metavar="SECONDS", help="go on for ever")

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            done = tend() if options["tend"] else {"sent": deliver_due()}
            if any(done.values()):
                self.stdout.write(", ".join(f"{name} {number}" for name, number in done.items()))
            if not options["every"]:
                break
            close_old_connections()
            time.sleep(options["every"])
