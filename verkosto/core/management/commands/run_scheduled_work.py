from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from verkosto.core.repeating_command import RepeatingCommand
from verkosto.core.scheduled_work.registry import steps
from verkosto.core.scheduled_work.runner import (
    ScheduledWorkFailed,
    ScheduledWorkIsRunning,
    run_scheduled_work,
)


class Command(RepeatingCommand):
    help = (
        "Do all that is due by the clock, in one process at a time: publish scheduled pages, expire held places, send "
        "reminders and digests, erase personal data whose retention time is over, resume and deliver what was left, "
        "tidy up. Each run is recorded. Run it every five minutes, or with --every 30 as a process."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "steps", nargs="*", metavar="STEP", help=f"only these steps, due or not, of: {', '.join(steps())}"
        )

    def handle(self, *args: Any, every: int, **options: Any) -> None:
        if unknown := {*options["steps"]} - {*steps()}:
            raise CommandError(f"Unknown steps: {', '.join(sorted(unknown))}")
        super().handle(*args, every=every, repeats=bool(every), **options)

    def run(self, **options: Any) -> dict[str, int]:
        try:
            return run_scheduled_work(options["steps"])
        except ScheduledWorkIsRunning:
            if not options["repeats"]:
                self.stderr.write("Another process is at the scheduled work: nothing was done.")
            return {}
        except ScheduledWorkFailed as failed:
            message = f"Failed: {failed}. The log says why."
            if not options["repeats"]:
                raise CommandError(message) from failed
            self.stderr.write(message)
            return dict(failed.done)
