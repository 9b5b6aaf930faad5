"""The organisations of which pairs are formed: applications to a round, and what their answers say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.utils.translation import get_language

from network_pages.desk_questions import questions_of
from network_pages.models import PairApplicant
from network_pages.pair_settings import PairSettings
from verkosto.core.text import clean_name
from verkosto.registrations.enums import RegistrationStatus
from verkosto.registrations.models import Question, Registration
from verkosto.registrations.questions.types.organisation import directory_names, pool_key

DIRECTORY = "directory:"
#: Between the digits of a number: a space, also one that does not break, or a comma.
DIGITS = re.compile(r"\d+(?:[ ,\u00a0\u202f]\d{3})*")


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """An organisation of a plan as its answers say. ``themes`` are labels by the theme's key."""

    key: str
    name: str
    pool: str = ""  # what identifies the organisation in all applications
    themes: Mapping[str, str]
    size: int = 0
    wish: object = None  # the answer


def applications_to(translation_key: UUID) -> list[Registration]:
    """Return the applications to a round that have a place and name an organisation, the first of each. One query."""
    rows = Registration.objects.filter(
        desk__translation_key=translation_key, status=RegistrationStatus.CONFIRMED, purged_at=None
    ).exclude(organisation_key="")
    found: dict[str, Registration] = {}
    for row in rows.order_by("created_at", "pk"):
        found.setdefault(row.organisation_key, row)
    return sorted(found.values(), key=lambda row: name_of(row).casefold())


def name_of(application: Registration, language: str = "") -> str:
    """Return the organisation's name in a language, else in the active one, as the directory has it or as typed."""
    names = directory_names().get(application.organisation_key.removeprefix(DIRECTORY), {})
    return names.get(language or get_language() or "") or application.organisation


def first_number(text: str) -> int:
    """Return the first number in a text such as “1 000–1 999”, without separators of thousands; 0 for none."""
    found = DIGITS.search(text)
    # Ten digits are enough, and Python refuses to read thousands of them.
    return min(int(re.sub(r"\D", "", found[0])[:10]), 10**9) if found else 0


class Answers:
    """What the answers of a round's form say, by the questions that the editor chose. Two queries."""

    def __init__(self, translation_key: UUID, settings: PairSettings) -> None:
        self.translation_key, self.settings = translation_key, settings

    @cached_property
    def questions(self) -> list[Question]:
        """The questions of the form, without those whose answers are sensitive."""
        return questions_of(self.translation_key)

    def organisations(self, applicants: Iterable[PairApplicant]) -> list[Organisation]:
        """Return what is known about the organisations of a plan, in the plan's order."""
        return [
            self._entered(row) if row.registration is None else self._applied(row.registration) for row in applicants
        ]

    def theme_labels(self, language: str) -> dict[str, str]:
        """Return the labels of the options for themes in a language, by key."""
        question = self._question(self.settings.themes)
        return {each.key: question.choice_label(each.key, language) for each in question.choices} if question else {}

    def wishes_of(self, organisation: Organisation, others: Sequence[Organisation]) -> frozenset[str]:
        """Return the keys of the others that an organisation names in its wish."""
        wish, question = organisation.wish, self._question(self.settings.wishes)
        if not wish or question is None:
            return frozenset()
        pool = pool_key({name: str(value) for name, value in wish.items()}) if isinstance(wish, dict) else ""
        text = question.display(wish).casefold()
        return frozenset(
            other.key
            for other in others
            if other.key != organisation.key and ((pool and other.pool == pool) or _names(other.name, text))
        )

    def _applied(self, application: Registration) -> Organisation:
        answers = application.answers
        size = self._question(self.settings.sizes)
        return Organisation(
            key=str(application.pk),
            name=name_of(application),
            pool=application.organisation_key,
            themes=self._themes(answers.get(self.settings.themes)),
            size=first_number(size.display(answers.get(size.key))) if size else 0,
            wish=answers.get(self.settings.wishes),
        )

    def _entered(self, row: PairApplicant) -> Organisation:
        pool = pool_key({"name": row.name})
        return Organisation(key=row.key, name=row.name, pool=pool, themes=self._typed(row.themes), size=row.size)

    def _themes(self, stored: object) -> dict[str, str]:
        question = self._question(self.settings.themes)
        if question is None or stored in (None, "", []):
            return {}
        if question.question_type.has_choices:
            return {key: question.choice_label(key) for key in question.question_type.chosen(question, stored)}
        return self._typed(question.display(stored))

    def _typed(self, text: str) -> dict[str, str]:
        """Return the themes in a text, separated by commas, semicolons or lines: options where they are called so."""
        question = self._question(self.settings.themes)
        found = {}
        for label in filter(None, (clean_name(part) for part in re.split(r"[,;\n]", text))):
            key = self._option_keys.get(label.casefold(), "")
            found[key or label.casefold()] = question.choice_label(key) if key and question else label
        return found

    @cached_property
    def _option_keys(self) -> dict[str, str]:
        question = self._question(self.settings.themes)
        choices = question.choices if question else []
        return {label.casefold(): choice.key for choice in choices for label in choice.labels.values()}

    def _question(self, key: str) -> Question | None:
        return next((question for question in self.questions if key and question.key == key), None)


def _names(name: str, text: str) -> bool:
    """Return whether a text names an organisation, as a whole word and without regard to capital letters."""
    return bool(name) and re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", text) is not None
