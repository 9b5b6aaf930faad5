import secrets
from functools import partial

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from verkosto.registrations.enums import ArchiveState
from verkosto.registrations.models.answers import private_storage
from verkosto.registrations.models.desk import Desk

ARCHIVES_FOLDER = "archives"


def archive_path(instance: "RegistrationArchive", filename: str) -> str:
    """Return a random path, which says nothing about the event."""
    return f"{ARCHIVES_FOLDER}/{secrets.token_urlsafe(24)}"


class RegistrationArchive(models.Model):
    """The archive of a desk's registrations that is made before they are erased: a ZIP in the private storage.

    The row stays when the file is deleted, as the record that there was one.
    """

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="archives")
    # The day on which the registrations are to be erased.
    due_on = models.DateField(_("erased on"))
    state = models.CharField(_("state"), max_length=20, choices=ArchiveState.choices, default=ArchiveState.WAITING)
    # When the run began that makes the archive now. An erasure empties it, and what the run has read is thrown away.
    started_at = models.DateTimeField(null=True, editable=False)
    # What was changed later is not in the archive.
    made_at = models.DateTimeField(_("made"), null=True)
    file = models.FileField(storage=private_storage, upload_to=archive_path, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    rows = models.PositiveIntegerField(_("registrations"), default=0)
    downloaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    downloaded_at = models.DateTimeField(_("last downloaded"), null=True)

    class Meta:
        verbose_name = _("archive of registrations")
        verbose_name_plural = _("archives of registrations")
        ordering = ["-due_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["desk", "due_on"], name="registrations_one_archive_a_due_date"),
            models.CheckConstraint(
                condition=~Q(state=ArchiveState.MADE) | (Q(made_at__isnull=False) & ~Q(file="")),
                name="registrations_archive_made_with_a_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.desk} {self.due_on:%Y-%m-%d}"

    @property
    def is_made(self) -> bool:
        return self.state == ArchiveState.MADE

    def delete_file(self, state: ArchiveState) -> None:
        """Take the file from the row in the running transaction, and delete it after the commit.

        To be made anew (``ArchiveState.WAITING``), the row no longer counts as an archive that was made.
        """
        self.remove_from_store_after_commit()
        self.state, self.file, self.started_at = state, "", None
        if state == ArchiveState.WAITING:
            self.made_at = None
        self.save(update_fields=["state", "file", "started_at", "made_at"])

    def remove_from_store_after_commit(self) -> None:
        """Delete the file once the running transaction is committed; the row is left as it is."""
        name = str(self.file.name or "")
        if name.startswith(f"{ARCHIVES_FOLDER}/"):
            transaction.on_commit(partial(self.file.storage.delete, name), robust=True)
