"""What a valid registration form gives to the use cases."""

from typing import TypedDict

from verkosto.registrations.models import AnswerFile


class SubmittedData(TypedDict):
    """The fields that ``SignupData`` and ``ChangedAnswers`` have in common."""

    name: str
    answers: dict[str, object]
    sensitive: dict[str, object]
    files: list[AnswerFile]
    places: int
    companions: list[str]


class StaffSubmittedData(SubmittedData):
    """The same with what only staff give."""

    email: str
    shares_address: bool
