"""Archives before erasure: which desks need one, whether a desk has it, and when an archive is deleted.

The files are written in ``exports/archive.py``. Registrations of a desk with the choice on are erased by the retention
only after their archive is made. Nothing here delays the erasure that a person asks for: that deletes the archives.
"""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from verkosto.core.email_addresses import normalise_email
from verkosto.core.jobs import engine
from verkosto.core.transactions import in_transaction
from verkosto.core.zip_archives import ARCHIVE_ERRORS
from verkosto.registrations.enums import ArchiveState
from verkosto.registrations.models import Desk, Job, RegistrationArchive

JOB = "archive"
MADE_AHEAD = timedelta(days=14)  # before the registrations are due for erasure
KEPT = timedelta(days=90)  # after the archive was made
REGISTRATIONS = "registrations.json"

NO_END = "without an end no archive can be made. Enter when registration closes, or switch off the archive."
NOT_MADE = "it is not made yet. It is started within an hour: see that a worker and the scheduled work run."
FAILED = (
    "it could not be made. See that the storage of registrants' files can be written; it is tried again every hour."
)
CHANGED_SINCE = "a registration was changed after it was made. It is made again within an hour."


@dataclass(frozen=True, kw_only=True)
class DeskToArchive:
    """A desk whose registrations are archived before they are erased, with the archive for the coming erasure if any.

    ``due_at`` is None for a desk without an end: then no archive can be made, and nothing is erased.
    """

    desk: Desk
    due_at: datetime | None
    archive: RegistrationArchive | None
    # When a registration that is still stored was last changed.
    changed_at: datetime

    @property
    def is_archived(self) -> bool:
        """Whether all registrations are in an archive as they are now. One that was deleted since counts too."""
        made_at = self.archive.made_at if self.archive else None
        return made_at is not None and self.changed_at <= made_at

    @property
    def reason(self) -> str:
        """Why nothing is erased yet and what to do, in English for operators; "" if all is in an archive."""
        if self.is_archived:
            return ""
        if self.due_at is None:
            return NO_END
        if self.archive is None or self.archive.state == ArchiveState.WAITING:
            return NOT_MADE
        return FAILED if self.archive.state == ArchiveState.FAILED else CHANGED_SINCE

    def is_due(self, now: datetime) -> bool:
        """Return whether the registrations should be erased by now."""
        return self.due_at is not None and self.due_at <= now


def over_since(desk: Desk) -> datetime | None:
    """Return when the retention time of a desk's data begins.

    None for a desk without an end: there it begins for each registration when it has ended.
    """
    return desk.ends_at or desk.closes_at


def due_on(desk: Desk) -> date | None:
    """Return the day of the coming erasure in the site's time zone; None for a desk without an end.

    Who is registered after an erasure is erased on a later day, with an archive of their own.
    """
    over = over_since(desk)
    if over is None:
        return None
    day = timezone.localdate(over + timedelta(days=desk.retention_days))
    return max(day, timezone.localdate(desk.purged_at) + timedelta(days=1)) if desk.purged_at else day


def desks_to_archive(desks: QuerySet[Desk] | None = None) -> list[DeskToArchive]:
    """Return the desks, of all or of the given ones, that hold registrations to be archived. Two queries."""
    stored = Q(registrations__purged_at__isnull=True)
    chosen = (Desk.objects.all() if desks is None else desks).filter(archive_before_erasure=True)
    rows = list(
        chosen.annotate(changed_at=Max("registrations__updated_at", filter=stored))
        .filter(changed_at__isnull=False)
        .order_by("pk")
    )
    archives = {(row.desk_id, row.due_on): row for row in RegistrationArchive.objects.filter(desk__in=rows)}
    found = []
    for desk in rows:
        over, day = over_since(desk), due_on(desk)
        found.append(
            DeskToArchive(
                desk=desk,
                due_at=over + timedelta(days=desk.retention_days) if over else None,
                archive=archives.get((desk.pk, day)) if day else None,
                changed_at=desk.changed_at,
            )
        )
    return found


def may_be_erased(desk: Desk) -> bool:
    """Return whether the retention may erase a desk's registrations: no archive of them is missing. Two queries."""
    if not desk.archive_before_erasure:
        return True
    return all(each.is_archived for each in desks_to_archive(Desk.objects.filter(pk=desk.pk)))


def queue_archives(now: datetime | None = None) -> int:
    """Start a job for each desk whose archive is to be made by now, or continue one that failed. Return how many.

    One whose worker was killed is continued by ``core.jobs``. Rows of which no archive is needed any more are deleted.
    """
    now = now or timezone.now()
    wanted = [each for each in desks_to_archive() if not each.is_archived and each.due_at]
    near = [each for each in wanted if each.due_at and each.due_at <= now + MADE_AHEAD]
    needed = [each.archive.pk for each in wanted if each.archive]
    never_made = RegistrationArchive.objects.filter(state__in=[ArchiveState.WAITING, ArchiveState.FAILED])
    never_made.exclude(pk__in=needed).delete()
    return sum(_start_job(each) for each in near)


@in_transaction
def _start_job(wanted: DeskToArchive) -> bool:
    desk, day = wanted.desk, due_on(wanted.desk)
    if day is None:
        return False
    RegistrationArchive.objects.get_or_create(desk=desk, due_on=day)
    job = Job.objects.select_for_update().filter(kind=JOB, desk=desk).unfinished().first()
    if job is None:
        engine.start(Job(kind=JOB, desk=desk, total=1))
        return True
    return job.state == Job.State.FAILED and engine.resume(job)


@in_transaction
def delete_archive(archive: RegistrationArchive) -> bool:
    """Delete an archive's file. Return False if there is none any more."""
    found = RegistrationArchive.objects.select_for_update().filter(pk=archive.pk, state=ArchiveState.MADE).first()
    if found:
        found.delete_file(ArchiveState.DELETED)
    return found is not None


def delete_expired(now: datetime | None = None) -> int:
    """Delete the archives that were made ``KEPT`` ago. Return how many."""
    old = RegistrationArchive.objects.filter(state=ArchiveState.MADE, made_at__lte=(now or timezone.now()) - KEPT)
    return sum(delete_archive(archive) for archive in old)


@in_transaction
def discard_archives(desk: Desk) -> None:
    """Delete the archives of a desk, because somebody has been erased who is in them.

    That of the erasure to come is made anew, without the person; a run that makes it now begins again.
    """
    day = due_on(desk)
    is_stored = desk.registrations.filter(purged_at__isnull=True).exists()
    archives = RegistrationArchive.objects.select_for_update().filter(desk=desk)
    for archive in archives.exclude(state=ArchiveState.DELETED, file=""):
        is_to_come = is_stored and archive.due_on == day
        archive.delete_file(ArchiveState.WAITING if is_to_come else ArchiveState.DELETED)


def archives_with(email: str, desks: QuerySet[Desk] | None = None) -> Iterator[RegistrationArchive]:
    """Yield the archives, of all desks or of the given ones, in which an address is. Each file is read.

    One that cannot be read is yielded too: nobody can say that the address is not in it.
    """
    made = RegistrationArchive.objects.filter(state=ArchiveState.MADE).select_related("desk")
    for archive in made if desks is None else made.filter(desk__in=desks):
        if _holds(archive, normalise_email(email)):
            yield archive


def _holds(archive: RegistrationArchive, email: str) -> bool:
    written = json.dumps(email, ensure_ascii=False)[1:-1]
    try:
        with archive.file.open("rb") as stored, zipfile.ZipFile(stored) as parts, parts.open(REGISTRATIONS) as lines:
            # Each registration is one line, with its guests.
            return any(written in line.decode().lower() and _is_of(line, email) for line in lines)
    except FileNotFoundError:
        return False
    except ARCHIVE_ERRORS:
        return True


def _is_of(line: bytes, email: str) -> bool:
    """Return whether a line is the registration of an address, or of somebody who brings a guest with it."""
    try:
        registration = json.loads(line.decode().strip().strip(","))
    except ValueError:  # the beginning of the file, with the questions
        return False
    people = [registration, *registration.get("guests", [])]
    return any(normalise_email(person.get("email") or "") == email for person in people)


def erase_from_archives(email: str, desks: QuerySet[Desk] | None = None) -> int:
    """Delete the archives, of all desks or of the given ones, in which an address is. Return how many."""
    found = list(archives_with(email, desks))
    for archive in found:
        discard_archives(archive.desk)
    return len(found)
