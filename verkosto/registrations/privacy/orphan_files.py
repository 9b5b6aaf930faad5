"""Files in the private store that no row names: what a killed process or a rolled-back transaction has left."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from verkosto.registrations.models import AnswerFile
from verkosto.registrations.models.answers import ANSWERS_FOLDER, private_storage

AGE = timedelta(days=1)  # a younger file may belong to a transaction that is not committed yet


def delete_orphan_files() -> int:
    """Delete the files older than a day that no row names. Return how many. One query for each folder of the store."""
    storage = private_storage()
    before = timezone.now() - AGE
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
