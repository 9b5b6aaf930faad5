"""The reasons why a registration is still on the waiting list."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verkosto.registrations.domain.capacity import full_pools
from verkosto.registrations.enums import PoolKind, RegistrationStatus
from verkosto.registrations.models import Question, Registration


def waiting_for(registration: Registration, language: str | None = None) -> list[str]:
    """Return what a registration on the waiting list waits for, in words; [] for other registrations.

    ``language`` is for the labels of options. Three queries for a registration on the waiting list.
    """
    if registration.status != RegistrationStatus.WAITING or registration.holds_place:
        return []
    questions = {question.key: question for question in Question.objects.filter(desk=registration.desk)}
    pools = registration.desk.pools.exclude(kind=PoolKind.WAITING)
    left = {(pool.kind, pool.key): pool.left for pool in pools}
    return [
        _description(name, registration, questions, language)
        for name in full_pools(registration, questions.values(), left)
    ]


def _description(name: str, registration: Registration, questions: dict[str, Question], language: str | None) -> str:
    kind, _sep, key = name.partition(":")
    if kind == PoolKind.CHOICE:
        question_key, choice_key = key.split(":", 1)
        return questions[question_key].choice_label(choice_key, language)
    if kind == PoolKind.ORGANISATION:
        return _("a place for %(organisation)s") % {"organisation": registration.organisation}
    places = registration.places
    return ngettext("a free place", "%(places)s free places at the same time", places) % {"places": places}
