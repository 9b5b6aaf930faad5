from functools import cache

from ..blocks import question_type_hooks
from .base import QuestionType
from .choosing import Choice, SeveralChoices, YesNo
from .filing import File
from .heading import Heading
from .needs import AccessNeeds, DietaryNeeds
from .organisation import Organisation
from .writing import Date, Email, LongText, Number, Phone, Text

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
