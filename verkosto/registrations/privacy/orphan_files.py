"""Orphan files in the private storage: no row names them, because a process was killed or a transaction rolled back."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import models
from django.utils import timezone

from verkosto.registrations.models import AnswerFile, RegistrationArchive
from verkosto.registrations.models.answers import ANSWERS_FOLDER, private_storage
from verkosto.registrations.models.archive import ARCHIVES_FOLDER

MIN_AGE = timedelta(days=1)  # a newer file may belong to a transaction that is not committed yet


def delete_orphan_files() -> int:
    """Delete the files older than ``MIN_AGE`` that no row names. Return how many. One query for each folder."""
    deleted = sum(_delete_in(folder, AnswerFile) for folder in _answer_folders())
    return deleted + _delete_in(ARCHIVES_FOLDER, RegistrationArchive)


def _delete_in(folder: str, model: type[models.Model]) -> int:
    storage, before = private_storage(), timezone.now() - MIN_AGE
    try:
        names = {f"{folder}/{name}" for name in storage.listdir(folder)[1]}
    except FileNotFoundError:  # nothing has been stored yet
        return 0
    names -= set(model._default_manager.filter(file__startswith=f"{folder}/").values_list("file", flat=True))
    old = [name for name in sorted(names) if storage.get_modified_time(name) < before]
    for name in old:
        storage.delete(name)
    return len(old)


def _answer_folders() -> Iterator[str]:
    try:
        names = private_storage().listdir(ANSWERS_FOLDER)[0]
    except FileNotFoundError:  # nothing has been stored yet
        return
    yield from (f"{ANSWERS_FOLDER}/{name}" for name in names)
