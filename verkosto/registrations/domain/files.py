"""Storing the files that registrants send."""

from collections.abc import Iterable

from verkosto.registrations.exceptions import FileNotStored
from verkosto.registrations.models import AnswerFile, Registration


def store_files(registration: Registration, files: Iterable[AnswerFile]) -> None:
    """Store the files of a registration, each in place of the one that answered the same question before.

    Raises FileNotStored where the store does not take one, such as a full disk; then none of these is left in it.
    """
    stored: list[AnswerFile] = []
    for file in files:
        replaced = list(registration.files.filter(question_key=file.question_key))
        file.registration = registration
        stored.append(file)
        try:
            file.store()
        except OSError as error:
            for each in stored:
                each.remove_from_store()
            raise FileNotStored(file.question_key) from error
        for old in replaced:
            old.delete()
