import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections, connections

from verkosto.registrations.mail.delivery import deliver_due
from verkosto.registrations.maintenance import tend


class Command(BaseCommand):
    help = "Delivers what the outbox holds, also what a stopped worker left; with --tend all that time brings about."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--tend",
            action="store_true",
            help="also all that is due by the clock, and once a day the purge",
        )
        parser.add_argument("--every", type=int, default=0, metavar="SECONDS", help="go on for ever")

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            try:
                done = tend() if options["tend"] else {"sent": deliver_due()}
            except (OperationalError, InterfaceError) as error:
                # The database restarts: what is due is still there when it is back.
                if not options["every"]:
                    raise
                self.stderr.write(f"the database does not answer: {type(error).__name__}")
                connections.close_all()
            else:
                if any(done.values()):
                    self.stdout.write(", ".join(f"{name} {number}" for name, number in done.items()))
            if not options["every"]:
                break
            close_old_connections()
            time.sleep(options["every"])
