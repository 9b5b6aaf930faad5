"""Storage of the files that registrants send."""

from collections.abc import Iterable
from contextlib import suppress

from verkosto.registrations.exceptions import FileNotStored
from verkosto.registrations.models import AnswerFile, Registration


def store_files(registration: Registration, files: Iterable[AnswerFile]) -> None:
    """Store the files of a registration. Each replaces an earlier file for the same question.

    Raises FileNotStored if the storage refuses one, for example because the disk is full; then all of them are removed
    from it again.
    """
    stored: list[AnswerFile] = []
    for file in files:
        replaced = list(registration.files.filter(question_key=file.question_key))
        file.registration = registration
        stored.append(file)
        try:
            file.store()
        except OSError as error:
            for stored_file in stored:
                with suppress(OSError):
                    stored_file.remove_from_store()
            raise FileNotStored(file.question_key) from error
        for old in replaced:
            old.delete()
