"""The steps of the scheduled work. An installed app adds its own through the hook ``register_verkosto_scheduled_work``."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache

from django.utils import timezone
from django.utils.functional import Promise
from wagtail import hooks

HOOK = "register_verkosto_scheduled_work"
#: The order of hooks: what this app does first, what apps do (0), the delivery of all messages, the deletion of old rows.
FIRST, DELIVERY, CLEANUP = -20, 100, 200

# A step whose run failed is tried again after so long, if it is not due in every round anyway.
RETRY = timedelta(hours=1)
# Cron begins a round some seconds earlier or later than the one before.
SLACK = timedelta(minutes=1)
SATURDAY = 5


@dataclass(frozen=True)
class Step:
    """Work that is due by the clock. It may run at any time, in several processes, and twice.

    ``run`` does what is due and returns how much it did. Without ``every`` and ``at`` it runs in each round; with ``at``
    once a day, from that time of the site's time zone on; with ``workdays`` not on Saturdays and Sundays.
    """

    run: Callable[[], int]
    label: str | Promise = ""
    every: timedelta = timedelta(0)
    at: time | None = None
    workdays: bool = False

    def is_due(self, last: datetime | None, *, failed: bool, now: datetime) -> bool:
        """Return whether the step is to run, if its last run began at ``last`` and perhaps failed."""
        here = timezone.localtime(now)
        if self.workdays and here.weekday() >= SATURDAY:
            return False
        if self.at is not None and here.time() < self.at:
            return False
        if last is None or (failed and now - last >= RETRY):
            return True
        if self.at is not None:
            return last < here.replace(hour=self.at.hour, minute=self.at.minute, second=0, microsecond=0)
        return now - last >= self.every - min(SLACK, self.every / 10)


@cache
def steps() -> dict[str, Step]:
    """Return the steps of all installed apps by name, in their order.

    A hook returns ``{name: step}``, where a function stands for a step that runs in each round.
    """
    found = {name: step for hook in hooks.get_hooks(HOOK) for name, step in hook().items()}
    return {name: step if isinstance(step, Step) else Step(step) for name, step in found.items()}
