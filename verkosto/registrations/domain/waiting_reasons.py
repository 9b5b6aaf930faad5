"""The reasons why a registration is still on the waiting list."""

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from verkosto.core.html import in_interface_language
from verkosto.core.locales import interface_language
from verkosto.registrations.domain.capacity import full_pools
from verkosto.registrations.enums import PoolKind, RegistrationStatus
from verkosto.registrations.models import Question, Registration


def waiting_for(registration: Registration) -> list[str | Promise]:
    """Return what a registration on the waiting list waits for, for a page in the active language; [] for others.

    What is in another language is marked: our texts and the labels of options, each by itself (WCAG 2.2 SC 3.1.2). Three
    queries for a registration on the waiting list.
    """
    if registration.status != RegistrationStatus.WAITING or registration.holds_place:
        return []
    questions = {question.key: question for question in Question.objects.filter(desk=registration.desk)}
    pools = registration.desk.pools.exclude(kind=PoolKind.WAITING)
    left = {(pool.kind, pool.key): pool.left for pool in pools}
    return [_description(name, registration, questions) for name in full_pools(registration, questions.values(), left)]


def _description(name: str, registration: Registration, questions: dict[str, Question]) -> str | Promise:
    kind, _sep, key = name.partition(":")
    if kind == PoolKind.CHOICE:
        question_key, choice_key = key.split(":", 1)
        return questions[question_key].choice_label_html(choice_key)
    with override(interface_language(get_language() or "")):
        if kind == PoolKind.OTHERS:
            text = _("a place that is not kept for members")
        elif kind == PoolKind.ORGANISATION:
            text = _("a place for %(organisation)s") % {"organisation": registration.organisation}
        else:
            places = registration.places
            text = ngettext("a free place", "%(places)s free places at the same time", places) % {"places": places}
    return in_interface_language(text)
