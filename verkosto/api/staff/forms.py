"""The form of a desk, filled in from JSON: the API has no rules of its own for answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import override
from ninja.errors import ValidationError
from pydantic import JsonValue

from verkosto.api.staff.schemas import ChangedRegistration, GuestItem, NewRegistration
from verkosto.registrations.admin.forms.registration import StaffRegistrationForm, with_optional_answers
from verkosto.registrations.forms.guests import PARTS, guest_field_name
from verkosto.registrations.forms.layout import field_name
from verkosto.registrations.models import Desk, Question, Registration

MALFORMED = "This is no answer to the question. Read the desk to see its questions and choices."


def questions_in_api(desk: Desk) -> list[Question]:
    """Return the questions whose answers are in the API: neither sensitive ones nor files."""
    in_use = desk.questions.in_use().select_related("desk")
    return [
        question
        for question in in_use
        if question.question_type.takes_answer and not question.sensitive and not question.question_type.takes_file
    ]


def valid_form(
    desk: Desk, data: NewRegistration | ChangedRegistration, registration: Registration | None = None
) -> StaffRegistrationForm:
    """Return the form of staff with the data. Raise ValidationError with the path of each field that is wrong."""
    with override("en"):  # the API's language, not that of the request's headers
        return _valid_form(desk, data, registration)


def _valid_form(
    desk: Desk, data: NewRegistration | ChangedRegistration, registration: Registration | None
) -> StaffRegistrationForm:
    questions = with_optional_answers(questions_in_api(desk))
    blank = StaffRegistrationForm(desk=desk, questions=questions, pools=desk.pools.all(), registration=registration)
    sent = QueryDict(mutable=True)
    for name in blank.fields:
        _put(sent, name, blank.initial.get(name))
    given = data.model_dump(exclude_unset=registration is not None, exclude={"answers", "guests"})
    for name, value in given.items():
        if value is not None:
            _put(sent, name, value)
    if data.guests is not None and (registration is None or "guests" in data.model_fields_set):
        _put_guests(sent, blank, data.guests)
    _put_answers(sent, questions, data.answers)
    form = StaffRegistrationForm(
        sent, desk=desk, questions=questions, pools=desk.pools.all(), registration=registration
    )
    if not form.is_valid():
        raise ValidationError(
            [
                {"type": error.code or "invalid", "loc": _place_of(name), "msg": str(message)}
                for name, errors in form.errors.as_data().items()
                for error in errors
                for message in error.messages
            ]
        )
    return form


def _put(sent: QueryDict, name: str, value: Any) -> None:
    if isinstance(value, list):
        sent.setlist(name, [str(each) for each in value])
    elif value not in (None, False):
        sent[name] = str(value)


def _put_guests(sent: QueryDict, form: StaffRegistrationForm, guests: list[GuestItem]) -> None:
    for number in range(1, form.guest_number + 1):
        for part in PARTS:
            sent.pop(guest_field_name(number, part), None)
    for number, guest in enumerate(guests, start=1):
        if number > form.guest_number:
            raise ValidationError(
                [{"type": "too_long", "loc": ["body", "guests"], "msg": "There are more guests than places."}]
            )
        for part in PARTS:
            _put(sent, guest_field_name(number, part), getattr(guest, part) or None)


def _put_answers(sent: QueryDict, questions: list[Question], answers: Mapping[str, JsonValue]) -> None:
    """Write the answers as the form's fields have them. Raise ValidationError for unknown keys and malformed answers."""
    known = {question.key: question for question in questions}
    problems = []
    for key, answer in answers.items():
        name = f"q-{key}"
        if key not in known:
            message = "There is no such question. Read the desk to see its questions."
            problems.append({"type": "unknown_question", "loc": ["body", "answers", key[:50]], "msg": message})
            continue
        sent.pop(name, None)
        question = known[key]
        if answer is None:
            continue
        try:
            value = question.question_type.initial(question, answer)
        except (AttributeError, KeyError, TypeError, ValueError):
            value = ""
        if value in (None, "", []) and answer not in ("", []):
            problems.append({"type": "malformed_answer", "loc": ["body", "answers", key], "msg": MALFORMED})
        _put(sent, field_name(question), value)
    if problems:
        raise ValidationError(problems)


def _place_of(name: str) -> list[str]:
    """Return the path of a form's field in the body."""
    if name.startswith("q-"):
        return ["body", "answers", name[2:]]
    if name.startswith("guest-"):
        _guest, number, part = name.split("-")
        return ["body", "guests", str(int(number) - 1), part]
    return ["body", *([] if name == "__all__" else [name])]
