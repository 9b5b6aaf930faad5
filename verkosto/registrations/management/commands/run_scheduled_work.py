from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from verkosto.core.repeating_command import RepeatingCommand
from verkosto.registrations.scheduled_work import run_scheduled_work, steps


class Command(RepeatingCommand):
    help = (
        "Do what is due by the clock: expire held places, send reminders and joining instructions, start mailings, "
        "resume stopped jobs, erase personal data whose retention time is over (once a day), deliver messages."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("steps", nargs="*", metavar="STEP", help=f"only these steps, of: {', '.join(steps())}")

    def run(self, **options: Any) -> dict[str, int]:
        if unknown := set(options["steps"]) - set(steps()):
            raise CommandError(f"Unknown steps: {', '.join(sorted(unknown))}")
        return run_scheduled_work(options["steps"])
