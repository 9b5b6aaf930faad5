"""All question types: the app's own, and those of installed apps through the hook
``register_verkosto_question_types``, which returns a list of ``QuestionType`` instances."""

from functools import cache
from typing import TYPE_CHECKING

from wagtail import hooks
from wagtail.blocks import StreamValue

from verkosto.core.text import clean_line
from verkosto.registrations.questions.types.base import QuestionType
from verkosto.registrations.questions.types.choice import Choice, SeveralChoices, YesNo
from verkosto.registrations.questions.types.file import File
from verkosto.registrations.questions.types.heading import Heading
from verkosto.registrations.questions.types.needs import AccessNeeds, DietaryNeeds
from verkosto.registrations.questions.types.organisation import Organisation
from verkosto.registrations.questions.types.text import Date, Email, LongText, Number, Phone, Text
from verkosto.registrations.questions.types.venue import VenueChoice

if TYPE_CHECKING:
    from verkosto.directory.models import Venue
    from verkosto.registrations.models import RegistrablePageMixin

OWN: list[type[QuestionType]] = [
    Text,
    LongText,
    Email,
    Phone,
    Number,
    Date,
    Choice,
    SeveralChoices,
    YesNo,
    VenueChoice,
    Organisation,
    File,
    DietaryNeeds,
    AccessNeeds,
    Heading,
]


@cache
def question_types() -> dict[str, QuestionType]:
    """Return all question types by name, in the order in which editors see them."""
    types = [question_type() for question_type in OWN]
    for hook in hooks.get_hooks("register_verkosto_question_types"):
        types += hook()
    return {question_type.name: question_type for question_type in types}


def get_question_type(name: str) -> QuestionType:
    """Return the type with a name; the text type for one whose app is no longer installed."""
    return question_types().get(name) or question_types()["text"]


def labels_of_options(questions: StreamValue) -> set[str]:
    """Return the labels of all options of a form's questions, in lower case."""
    return {
        clean_line(choice["label"]).casefold()
        for block in questions
        for choice in get_question_type(block.block_type).choices(block.value)
    }


def venues_of(page: "RegistrablePageMixin") -> "tuple[str, dict[str, tuple[str, Venue | None]]]":
    """Return the key of a page's question for the venue, and (label, venue) of its options by key; ("", {}) for none."""
    for block in page.questions:
        kind = get_question_type(block.block_type)
        if isinstance(kind, VenueChoice):
            return block.id, kind.venues(block.value)
    return "", {}
