"""What tests of archives before erasure do: the clock is moved on by the time that is given to each step."""

from datetime import timedelta
from typing import Any

from event_pages.models import EventIndexPage
from tests.factories.registrations import desk_of, event_with_desk
from verkosto.core.jobs import engine
from verkosto.registrations.models import Desk, Job, RegistrationArchive
from verkosto.registrations.privacy.archives import queue_archives

RETENTION = 100  # days


def archived_desk(**fields: Any) -> Desk:
    """The desk of an event whose registrations are archived before they are erased."""
    return desk_of(event(archive_before_erasure=True, retention_days=RETENTION, **fields))


def event(**fields: Any) -> Any:
    """A published event that takes registrations, under the same index as the others."""
    return event_with_desk(index=EventIndexPage.objects.first(), **fields)


def after(desk: Desk, days: int) -> Any:
    """A number of days after the end of the event."""
    return desk.ends_at + timedelta(days=days)


def make_archive(desk: Desk) -> RegistrationArchive:
    """The archive of a desk, made as the scheduled work and a worker do two days before the erasure."""
    queue_archives(after(desk, RETENTION - 2))
    engine.run(Job.objects.filter(desk=desk, kind="archive", state="waiting").get())
    return RegistrationArchive.objects.latest("pk")


def persons(desk: Desk) -> int:
    """How many registrations of a desk are not erased."""
    return desk.registrations.filter(purged_at__isnull=True).count()


def states() -> list[str]:
    """The state of each archive."""
    return list(RegistrationArchive.objects.order_by("pk").values_list("state", flat=True))
