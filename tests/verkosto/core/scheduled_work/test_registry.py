"""When a step is due."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from verkosto.core.scheduled_work.registry import Step, steps

HELSINKI = ZoneInfo("Europe/Helsinki")
MONDAY = datetime(2031, 3, 3, 7, 0, tzinfo=HELSINKI)
DAILY, ON_WORKDAYS = Step(lambda: 0, at=time(6)), Step(lambda: 0, at=time(6), workdays=True)
HOURLY = Step(lambda: 0, every=timedelta(hours=1))


@pytest.mark.parametrize(
    ("step", "last", "failed", "expected"),
    [
        (Step(lambda: 0), MONDAY, False, True),
        (HOURLY, None, False, True),
        (HOURLY, MONDAY - timedelta(minutes=58), False, False),
        (HOURLY, MONDAY - timedelta(minutes=59), False, True),  # cron begins some seconds earlier or later
        (DAILY, None, False, True),
        (DAILY, MONDAY - timedelta(minutes=50), False, False),
        (DAILY, MONDAY - timedelta(minutes=70), False, True),
        (DAILY, MONDAY - timedelta(minutes=50), True, False),
        (Step(lambda: 0, at=time(5)), MONDAY - timedelta(minutes=60), True, True),  # a failed one is tried again
        (Step(lambda: 0, at=time(8)), MONDAY - timedelta(days=3), True, False),
        (ON_WORKDAYS, MONDAY - timedelta(days=3), False, True),
    ],
)
def test_step_is_due_at_its_time(step: Step, last: datetime | None, failed: bool, expected: bool) -> None:
    assert step.is_due(last, failed=failed, now=MONDAY) == expected


def test_step_for_workdays_rests_at_the_weekend() -> None:
    last = MONDAY - timedelta(days=10)
    week = [ON_WORKDAYS.is_due(last, failed=False, now=MONDAY + timedelta(days=day)) for day in range(7)]
    assert week == [True] * 5 + [False] * 2


def test_steps_of_all_apps_are_in_their_order_and_have_labels() -> None:
    found = steps()
    names = [*found]
    order = ("publish_scheduled", "send_reminders", "deliver_webhooks", "deliver_messages", "delete_expired_sessions")
    assert [name for name in names if name in order] == [*order]
    assert {"write_digests", "send_translation_digest", "purge", "resume_jobs"} <= {*names}
    assert [name for name, step in found.items() if not step.label] == []
