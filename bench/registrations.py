"""The same answers as registrations and as submissions of a Wagtail form."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from wagtail.contrib.forms.models import FormSubmission

from bench.floor.models import PlainField, PlainFormPage
from verkosto.registrations.models import Desk, Registration

BATCH = 5000  # rows written at once
WORKSHOPS = ["Johtaminen", "Tekoäly", "Hyvinvointi työssä", "Vaikuttavuus & arviointi"]
AGENCIES = ["Verkostovirasto", "Esimerkkikunta", "Kokeilujen liitto", "Osaamisen keskus ry"]
#: The kind of question here and in Wagtail's forms, and its words.
ASKED = [
    ("text", "singleline", "Tehtävä"),
    ("long_text", "multiline", "Mitä odotat päivältä?"),
    ("choice", "dropdown", "Työpaja"),
    ("several_choices", "checkboxes", "Aiheet"),
    ("yes_no", "checkbox", "Tuletko ensi kertaa?"),
    ("number", "number", "Vuosia tehtävässä"),
]


def blocks() -> list[dict[str, Any]]:
    """Return the questions as blocks of an event's form."""
    items = [{"type": "item", "id": str(uuid.uuid4()), "value": {"label": words}} for words in WORKSHOPS]
    return [
        {
            "type": kind,
            "id": str(uuid.uuid4()),
            "value": {"label": label} | ({"choices": items} if "choice" in kind else {}),
        }
        for kind, _, label in ASKED
    ]


def plain_fields() -> list[PlainField]:
    """Return the same questions as fields of a Wagtail form."""
    return [
        PlainField(label="Nimi", field_type="singleline", required=True),
        PlainField(label="Sähköposti", field_type="email", required=True),
        PlainField(label="Organisaatio", field_type="singleline", required=False),
        *(
            PlainField(label=label, field_type=kind, required=False, choices="\n".join(WORKSHOPS))
            for _, kind, label in ASKED
        ),
    ]


def answers(number: int) -> Iterator[Any]:
    """Return the answers of a person, in the order of ``ASKED``; choices by their index."""
    yield f"Kehittämispäällikkö {number % 97}"
    yield " ".join(["Odotan käytännön esimerkkejä ja uusia tuttuja, ja kerron omista kokeiluistamme."] * (number % 3))
    yield number % 4
    yield [number % 4, (number + 1) % 4]
    yield number % 2 == 0
    yield number % 30


def fill_desk(desk: Desk, count: int, *, start: int = 0) -> None:
    """Create the confirmed registrations from number ``start`` to ``count`` without counting places."""
    questions = list(desk.questions.order_by("position"))
    keys = {question.pk: [choice.key for choice in question.choices] for question in questions}
    began = datetime.now(UTC) - timedelta(days=30)

    def stored(question: Any, answer: Any) -> Any:
        if question.type == "choice":
            return keys[question.pk][answer]
        return [keys[question.pk][index] for index in answer] if question.type == "several_choices" else answer

    for first in range(start, count, BATCH):
        Registration.objects.bulk_create(
            Registration(
                desk=desk,
                name=f"Ääninen {number}",
                email=f"osallistuja{number}@example.fi",
                language=("fi", "sv", "en")[number % 3],
                organisation=AGENCIES[number % 4],
                status="confirmed",
                holds_place=True,
                answers={
                    question.key: stored(question, answer)
                    for question, answer in zip(questions, answers(number), strict=True)
                },
                created_at=began + timedelta(seconds=number * 25),
            )
            for number in range(first, min(first + BATCH, count))
        )


def fill_form(page: PlainFormPage, count: int) -> None:
    """Create as many form submissions with the same answers."""
    names = [field.clean_name for field in page.get_form_fields()]

    def words(answer: Any, kind: str) -> Any:
        if kind == "choice":
            return WORKSHOPS[answer]
        return [WORKSHOPS[index] for index in answer] if kind == "several_choices" else answer

    for start in range(0, count, BATCH):
        FormSubmission.objects.bulk_create(
            FormSubmission(
                page=page,
                form_data=dict(
                    zip(
                        names,
                        [
                            f"Ääninen {number}",
                            f"osallistuja{number}@example.fi",
                            AGENCIES[number % 4],
                            *(
                                words(answer, kind)
                                for answer, (kind, _, _) in zip(answers(number), ASKED, strict=True)
                            ),
                        ],
                        strict=True,
                    )
                ),
            )
            for number in range(start, min(start + BATCH, count))
        )
