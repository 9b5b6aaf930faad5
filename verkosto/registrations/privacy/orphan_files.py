"""Orphan files in the private storage: no row names them, because a process was killed or a transaction rolled back."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from verkosto.registrations.models import AnswerFile
from verkosto.registrations.models.answers import ANSWERS_FOLDER, private_storage

MIN_AGE = timedelta(days=1)  # a newer file may belong to a transaction that is not committed yet


def delete_orphan_files() -> int:
    """Delete the files older than ``MIN_AGE`` that no row names. Return how many. One query for each folder."""
    storage = private_storage()
    before = timezone.now() - MIN_AGE
    deleted = 0
    for folder in _folders():
        names = {f"{folder}/{name}" for name in storage.listdir(folder)[1]}
        names -= set(AnswerFile.objects.filter(file__startswith=f"{folder}/").values_list("file", flat=True))
        for name in sorted(names):
            if storage.get_modified_time(name) < before:
                storage.delete(name)
                deleted += 1
    return deleted


def _folders() -> Iterator[str]:
    storage = private_storage()
    try:
        names = storage.listdir(ANSWERS_FOLDER)[0]
    except FileNotFoundError:  # nothing has been stored yet
        return
    yield from (f"{ANSWERS_FOLDER}/{name}" for name in names)
