"""The base class of management commands that do scheduled work, once or repeatedly."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections, connections

from verkosto.core.transactions import database_failures


class RepeatingCommand(BaseCommand):
    """A command that runs once, or with ``--every`` until it is stopped. A restart of the database does not stop it."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--every", type=int, default=0, metavar="SECONDS", help="repeat after so many seconds, until it is stopped"
        )

    def run(self, **options: Any) -> dict[str, int]:
        """Do what is due. Return what was done, in numbers."""
        raise NotImplementedError

    def handle(self, *args: Any, every: int, **options: Any) -> None:
        while True:
            try:
                done = self.run(**options)
            except database_failures() as error:
                if not every:
                    raise
                self.stderr.write(f"The database does not answer: {type(error).__name__}")
                connections.close_all()
            else:
                if any(done.values()):
                    self.stdout.write(", ".join(f"{name}: {number}" for name, number in done.items() if number))
            if not every:
                break
            close_old_connections()
            time.sleep(every)
