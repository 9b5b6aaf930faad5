import secrets
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from verkosto.registrations.models.encrypted_answers import EncryptedAnswersField
from verkosto.registrations.models.registration import Registration


def private_storage() -> Storage:
    """Return the storage of answers' files: ``STORAGES["private"]``, or a folder next to MEDIA_ROOT. No URL leads there."""
    if "private" in settings.STORAGES:
        return storages["private"]
    return FileSystemStorage(location=Path(settings.MEDIA_ROOT).resolve().parent / "private", base_url=None)


ANSWERS_FOLDER = "answers"


def answer_path(instance: "AnswerFile", filename: str) -> str:
    """Return a random path, which says nothing about the person or the file."""
    return f"{ANSWERS_FOLDER}/{secrets.token_hex(2)[:2]}/{secrets.token_urlsafe(24)}"


class SensitiveAnswers(models.Model):
    """The sensitive answers of a registration, such as dietary needs: with their own permission and shorter retention."""

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="sensitive")
    answers = EncryptedAnswersField(_("answers"), default=dict)

    class Meta:
        verbose_name = _("sensitive answers")
        verbose_name_plural = _("sensitive answers")

    def __str__(self) -> str:
        return str(self.registration_id)


class AnswerFile(models.Model):
    """A file that answers a question. It is served only as an attachment, to users with permission."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="files")
    question_key = models.CharField(max_length=64)
    file = models.FileField(storage=private_storage, upload_to=answer_path)
    name = models.CharField(_("file name"), max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def store(self) -> None:
        """Write an uploaded file to the store, and save the row. Raises OSError; then no part of the file is left.

        A file that an earlier attempt of the same transaction wrote is not written again.
        """
        if not str(self.file.name).startswith(f"{ANSWERS_FOLDER}/"):
            name, upload = answer_path(self, self.name), self.file.file
            try:
                self.file = self.file.storage.save(name, upload)
            except OSError:
                with suppress(OSError):  # what a store that is away keeps is deleted as an orphan
                    self.file.storage.delete(name)
                raise
        self.save()

    def remove_from_store_after_commit(self) -> None:
        """Delete the file once the running transaction is committed."""
        transaction.on_commit(self.remove_from_store, robust=True)

    def remove_from_store(self) -> None:
        """Delete the file; the row is left as it is."""
        if str(self.file.name).startswith(f"{ANSWERS_FOLDER}/"):
            self.file.storage.delete(str(self.file.name))
