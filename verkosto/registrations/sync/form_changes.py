"""The consequences of publishing a draft for a form that has answers, as sentences for its editor."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from verkosto.registrations.enums import PoolKind
from verkosto.registrations.models import Desk, Question, Registration, SensitiveAnswers
from verkosto.registrations.sync.questions import build_questions


def consequences(desk: Desk, draft: Page) -> list[str]:
    """Return a sentence for each change of the original's draft that affects existing answers."""
    language = desk.original_language
    wanted = {question.key: question for question in build_questions(desk, draft, [draft])}
    sentences: list[str] = []
    for question in desk.questions.in_use():
        question.desk = desk
        if question.key not in wanted:
            sentences.append(_removed(question, _answers(question).count(), language))
        else:
            sentences += _changed(question, wanted.pop(question.key), language)
    sentences += [_added(question, language) for question in wanted.values() if question.question_type.takes_answer]
    places = desk.pools.filter(kind=PoolKind.DESK).values_list("taken", flat=True).first() or 0
    if draft.capacity is not None and draft.capacity < places:
        sentences.append(
            _("%(taken)s places are taken, which is more than %(places)s. No registrations are cancelled.")
            % {"taken": places, "places": draft.capacity}
        )
    return sentences


def _removed(question: Question, answers: int, language: str) -> str:
    return ngettext(
        "“%(question)s” is no longer asked. %(n)s answer is kept.",
        "“%(question)s” is no longer asked. %(n)s answers are kept.",
        answers,
    ) % {"question": question.label(language), "n": answers}


def _changed(old: Question, new: Question, language: str) -> list[str]:
    before, after = old.label(language), new.label(language)
    sentences = []
    if before != after:
        sentences.append(
            _("“%(before)s” changes to “%(after)s”, also for existing answers.") % {"before": before, "after": after}
        )
    if new.required and not old.required:
        sentences.append(
            _("“%(question)s” becomes required. People who have already registered are not asked again.")
            % {"question": after}
        )
    left = {choice.key for choice in new.choices}
    for choice in old.choices:
        if not choice.retired and choice.key not in left:
            number = _answers(old).filter(**{f"answers__{old.key}__icontains": choice.key}).count()
            sentence = ngettext(
                "“%(choice)s” can no longer be chosen. %(n)s person who chose it keeps it.",
                "“%(choice)s” can no longer be chosen. %(n)s people who chose it keep it.",
                number,
            )
            sentences.append(sentence % {"choice": old.choice_label(choice.key, language), "n": number})
    return sentences


def _added(question: Question, language: str) -> str:
    return _("“%(question)s” is a new question. People who have already registered have not answered it.") % {
        "question": question.label(language)
    }


def _answers(question: Question) -> Any:
    """Return the desk's rows that hold an answer to a question."""
    if question.sensitive:
        rows: Any = SensitiveAnswers.objects.filter(registration__desk=question.desk)
    else:
        rows = Registration.objects.filter(desk=question.desk, purged_at__isnull=True)
    return rows.filter(answers__has_key=question.key)
