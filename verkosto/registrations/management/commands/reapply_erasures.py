from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from verkosto.registrations.models import Tombstone
from verkosto.registrations.privacy.erasure import reapply


class Command(BaseCommand):
    help = (
        "After a restore: erases again what the backup brought back. --save FILE keeps the list of erasures outside of "
        "the database (run it with every backup, keep it longer); --load FILE reads it back."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--save", type=Path, metavar="FILE", help="write the references of all erasures to a file")
        parser.add_argument(
            "--load", type=Path, metavar="FILE", help="also erase again what is named in a file of --save"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["save"]:
            kept = Tombstone.objects.values_list("reference", flat=True)
            options["save"].write_text("".join(f"{reference}\n" for reference in kept))
            return
        references = set(Tombstone.objects.values_list("reference", flat=True))
        if options["load"]:
            references |= set(options["load"].read_text().split())
        self.stdout.write(f"erased again: {reapply(sorted(references))}")
