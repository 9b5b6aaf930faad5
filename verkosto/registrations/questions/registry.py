from functools import cache

from verkosto.registrations.questions.blocks import question_type_hooks
from verkosto.registrations.questions.types.base import QuestionType
from verkosto.registrations.questions.types.choice import Choice, SeveralChoices, YesNo
from verkosto.registrations.questions.types.file import File
from verkosto.registrations.questions.types.heading import Heading
from verkosto.registrations.questions.types.needs import AccessNeeds, DietaryNeeds
from verkosto.registrations.questions.types.organisation import Organisation
from verkosto.registrations.questions.types.text import Date, Email, LongText, Number, Phone, Text

OWN = [
    Text,
    LongText,
    Email,
    Phone,
    Number,
    Date,
    Choice,
    SeveralChoices,
    YesNo,
    Organisation,
    File,
    DietaryNeeds,
    AccessNeeds,
    Heading,
]


@cache
def question_types() -> dict[str, QuestionType]:
    """All question types by name, in the order in which editors see them."""
    kinds = [kind() for kind in OWN] + question_type_hooks()
    return {kind.name: kind for kind in kinds}


def get_question_type(name: str) -> QuestionType:
    """The type of a name; one whose app is no longer installed reads as text."""
    return question_types().get(name) or question_types()["text"]
