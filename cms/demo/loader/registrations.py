"""Registrations of fictional people, made through the same use case as those of visitors."""

from typing import Any

from django.contrib.auth import get_user_model

from cms.demo.content.registrations import BATCHES, Batch
from cms.demo.loader.nodes import stable_key
from verkosto.registrations.domain.signup import SignupData, sign_up
from verkosto.registrations.models import Desk, Question, Registration


def make_registrations() -> int:
    """Register people on the desks that have no registration yet. Return the number of new registrations."""
    made = 0
    for batch in BATCHES:
        desk = Desk.objects.filter(translation_key=stable_key(batch.page)).first()
        if desk is None or Registration.objects.filter(desk=desk).exists():
            continue
        made += _register(desk, batch)
    return made


def _register(desk: Desk, batch: Batch) -> int:
    questions = list(desk.questions.in_use())
    staff = None
    if not desk.takes_registrations:
        # Only staff can register people on a closed desk.
        staff = get_user_model().objects.filter(username="registrar").first()
        if staff is None:
            return 0
    for number in range(1, batch.size + 1):
        registrant = batch.registrant(number)
        answers, sensitive = _answers(questions, number, registrant.organisation, registrant.language)
        sign_up(
            desk=desk,
            data=SignupData(
                name=registrant.name,
                email=registrant.email,
                language=registrant.language,
                answers=answers,
                sensitive=sensitive,
                declared=True,
            ),
            questions=questions,
            user=staff,
        )
    return batch.size


def _answers(
    questions: list[Question], number: int, organisation: str, language: str
) -> tuple[dict[str, object], dict[str, object]]:
    """Return answers that vary with the registrant's number: the ordinary ones and the sensitive ones."""
    answers: dict[str, Any] = {}
    sensitive: dict[str, Any] = {}
    for question in questions:
        keys = [choice.key for choice in question.choices if not choice.retired]
        if question.type == "organisation":
            answers[question.key] = {"name": organisation}
        elif question.type in ("choice", "venue"):
            answers[question.key] = keys[number % len(keys)]
        elif question.type == "several_choices" and number % 3:
            answers[question.key] = keys[: number % len(keys) + 1]
        elif question.type == "yes_no":
            answers[question.key] = number % 4 != 0
        elif question.sensitive and number % 5 == 0:
            sensitive[question.key] = DIETS[language]
    return answers, sensitive


DIETS = {"fi": "Kasvisruoka", "sv": "Vegetarisk kost", "en": "Vegetarian"}
