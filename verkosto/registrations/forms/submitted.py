"""The values that a valid registration form passes to the use cases."""

from typing import TypedDict

from verkosto.registrations.domain.guests import GuestData
from verkosto.registrations.models import AnswerFile


class SubmittedData(TypedDict):
    """The fields that ``SignupData`` and ``ChangedAnswers`` have in common."""

    name: str
    answers: dict[str, object]
    sensitive: dict[str, object]
    files: list[AnswerFile]
    places: int
    guests: list[GuestData]


class StaffSubmittedData(SubmittedData):
    """The same, with the fields that only the form for staff has."""

    email: str
    shares_address: bool
