import errno
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage

from verkosto.registrations.models import AnswerFile, RegistrationArchive
from verkosto.registrations.privacy import orphan_files


class Store(FileSystemStorage):
    """A store that may be full."""

    is_full = False

    @property
    def names(self) -> list[str]:
        """The names of the files in it, without their folders."""
        return sorted(path.name for path in Path(self.location).rglob("*") if path.is_file())

    def _save(self, name, content):
        if self.is_full:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super()._save(name, content)


@pytest.fixture
def store(tmp_path, monkeypatch) -> Store:
    storage = Store(location=tmp_path, base_url=None)
    for model in (RegistrationArchive, AnswerFile):
        monkeypatch.setattr(model._meta.get_field("file"), "storage", storage)
    monkeypatch.setattr(orphan_files, "private_storage", lambda: storage)
    return storage
