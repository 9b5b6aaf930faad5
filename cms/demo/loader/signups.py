"""Registrations of invented people, made through the same use case as those of visitors."""

from typing import Any

from django.contrib.auth import get_user_model

from cms.demo.content.visitors import CROWDS, Crowd
from cms.demo.loader.library import stable_key
from verkosto.registrations.domain.signup import SignupData, sign_up
from verkosto.registrations.models import Desk, Question, Registration


def sign_up_visitors() -> int:
    """Fill the desks that have no registration yet; return how many registrations were made."""
    made = 0
    for crowd in CROWDS:
        desk = Desk.objects.filter(translation_key=stable_key(crowd.page)).first()
        if desk is None or Registration.objects.filter(desk=desk).exists():
            continue
        made += _fill(desk, crowd)
    return made


def _fill(desk: Desk, crowd: Crowd) -> int:
    questions = list(desk.questions.in_use())
    staff = None
    if not desk.takes_registrations:
        # A desk that has closed is filled by staff, where the demo has any.
        staff = get_user_model().objects.filter(username="registrar").first()
        if staff is None:
            return 0
    for number in range(1, crowd.size + 1):
        visitor = crowd.visitor(number)
        answers, sensitive = _answers(questions, number, visitor.organisation, visitor.language)
        sign_up(
            desk=desk,
            data=SignupData(
                name=visitor.name,
                email=visitor.email,
                language=visitor.language,
                answers=answers,
                sensitive=sensitive,
                declared=True,
            ),
            questions=questions,
            user=staff,
        )
    return crowd.size


def _answers(
    questions: list[Question], number: int, organisation: str, language: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Plausible answers, varied by the person's number: the open ones, and the sensitive ones apart."""
    answers: dict[str, Any] = {}
    sensitive: dict[str, Any] = {}
    for question in questions:
        keys = [choice.key for choice in question.choices if not choice.retired]
        if question.type == "organisation":
            answers[question.key] = {"name": organisation}
        elif question.type == "choice":
            answers[question.key] = keys[number % len(keys)]
        elif question.type == "several_choices" and number % 3:
            answers[question.key] = keys[: number % len(keys) + 1]
        elif question.type == "yes_no":
            answers[question.key] = number % 4 != 0
        elif question.sensitive and number % 5 == 0:
            sensitive[question.key] = DIETS[language]
    return answers, sensitive


DIETS = {"fi": "Kasvisruoka", "sv": "Vegetarisk kost", "en": "Vegetarian"}
