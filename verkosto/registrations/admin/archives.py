"""The background job that makes the archive of a desk's registrations, and the mail that says that it is ready."""

import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.core.files import File
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy
from wagtail.users.models import UserProfile

from verkosto.core.transactions import in_transaction
from verkosto.registrations.admin.permissions import DeskPermission, has_permission, policy
from verkosto.registrations.domain.capacity import lock
from verkosto.registrations.enums import ArchiveState
from verkosto.registrations.exports.archive import digest_of, write_archive
from verkosto.registrations.mail import outbox
from verkosto.registrations.mail.mail_kind import MailKind
from verkosto.registrations.models import Desk, Job, Message, RegistrationArchive
from verkosto.registrations.models.archive import archive_path
from verkosto.registrations.privacy.archives import desks_to_archive, due_on

KIND = "archive_ready"


@dataclass(frozen=True, kw_only=True)
class StoredArchive:
    """A ZIP that a run has written to the storage. ``size`` is in bytes."""

    name: str
    size: int
    sha256: str
    rows: int


def make_archive(job: Job) -> dict[str, object]:
    """Make the archive that the job's desk needs for its coming erasure, if it has none yet.

    A run that was interrupted begins again. What it had written to the storage is deleted as an orphan file. Raises
    OSError if the storage cannot be written; then the row says that the archive could not be stored.
    """
    begun = _begin(desk=job.desk) if job.desk else None
    if begun is None:
        return {"made": 0}
    archive, started_at = begun
    try:
        stored = _store(archive, started_at)
    except Exception:
        RegistrationArchive.objects.filter(pk=archive.pk, started_at=started_at).update(state=ArchiveState.FAILED)
        raise
    is_valid = _finish(archive=archive, started_at=started_at, stored=stored)
    if not is_valid:
        # Somebody in it has been erased meanwhile, or another run has begun. The scheduled work starts it again.
        with suppress(OSError):
            archive.file.storage.delete(stored.name)
    Job.objects.filter(pk=job.pk).update(done=1)
    return {"made": int(is_valid)}


@in_transaction
def _begin(*, desk: Desk) -> tuple[RegistrationArchive, datetime] | None:
    # After the lock every change that is not committed yet is, and later ones have a later time than the archive.
    lock(desk)
    wanted = next(iter(desks_to_archive(Desk.objects.filter(pk=desk.pk))), None)
    day = due_on(wanted.desk) if wanted else None
    if wanted is None or day is None or wanted.is_archived:
        return None
    archive, _is_new = RegistrationArchive.objects.get_or_create(desk=desk, due_on=day)
    archive.state, archive.started_at = ArchiveState.WAITING, timezone.now()
    archive.save(update_fields=["state", "started_at"])
    archive.desk = wanted.desk
    return archive, archive.started_at


def _store(archive: RegistrationArchive, made_at: datetime) -> StoredArchive:
    with tempfile.TemporaryFile() as file:
        rows = write_archive(file, desk=archive.desk, due_on=archive.due_on, made_at=made_at)
        return _save(archive, file, rows)


def _save(archive: RegistrationArchive, file: IO[bytes], rows: int) -> StoredArchive:
    """Write a file to the storage. Raises OSError; then no part of it is left."""
    storage, name, sha256 = archive.file.storage, archive_path(archive, ""), digest_of(file)
    content = File(file)
    try:
        return StoredArchive(name=storage.save(name, content), size=content.size, sha256=sha256, rows=rows)
    except OSError:
        with suppress(OSError):
            storage.delete(name)
        raise


@in_transaction
def _finish(*, archive: RegistrationArchive, started_at: datetime, stored: StoredArchive) -> bool:
    """Store what a run has made, and write the mails. Return False if the run is no longer the one that counts."""
    own = RegistrationArchive.objects.select_for_update().filter(pk=archive.pk, started_at=started_at).first()
    if own is None:
        return False
    own.remove_from_store_after_commit()  # an earlier one, after which registrations were changed
    own.state, own.made_at, own.started_at = ArchiveState.MADE, started_at, None
    own.file, own.size, own.sha256, own.rows = stored.name, stored.size, stored.sha256, stored.rows
    own.downloaded_by, own.downloaded_at = None, None
    own.save()
    _notify(own, archive.desk)
    return True


def _notify(archive: RegistrationArchive, desk: Desk) -> None:
    """Write a mail to everyone who answers for the personal data of the desk. It names no registrant."""
    holders = policy.users_with_any_permission_for_instance([DeskPermission.PROTECT_DATA], desk)
    for user in holders.exclude(email=""):
        language = UserProfile.get_for_user(user).get_preferred_language()
        with translation.override(language):
            link = reverse("verkosto_registrations_admin:archives")
        context = {"user": user.pk, "name": user.get_full_name(), "archive": archive.pk, "link": link}
        outbox.write(KIND, desk=desk, recipient=user.email, language=language, context=context)


def _still_applies(message: Message) -> bool:
    """Return whether the archive is still there, and its reader still answers for personal data of the desk."""
    archives = RegistrationArchive.objects.filter(pk=message.context.get("archive"), state=ArchiveState.MADE)
    archive = archives.select_related("desk").first()
    if archive is None:
        return False
    holders = policy.users_with_any_permission([DeskPermission.PROTECT_DATA])
    user = holders.filter(pk=message.context.get("user"), email=message.recipient).first()
    return user is not None and has_permission(user, DeskPermission.PROTECT_DATA, archive.desk)


ARCHIVE_READY = MailKind(
    name=KIND,
    label=gettext_lazy("An archive is ready"),
    subject=gettext_lazy("An archive of registrations is ready: {title}"),
    body=gettext_lazy(
        "The registrations for {title} will soon be erased. They have been saved in an archive, which you can download if "
        "it is needed. The archive is deleted 90 days after it was made."
    ),
    link=gettext_lazy("View the archives"),
    link_note=gettext_lazy("You get this because you answer for personal data."),
    includes_facts=False,
    is_editable=False,
    still_applies=_still_applies,
)
