"""The questions that a registration form asks about each guest."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from verkosto.core.html import in_interface_language
from verkosto.registrations.domain.guests import GuestData
from verkosto.registrations.forms.guests import guest_field_name
from verkosto.registrations.forms.layout import field_name
from verkosto.registrations.forms.question_fields import answer_in, initial_value, question_field
from verkosto.registrations.models import Guest, Question
from verkosto.registrations.questions import conditions


class GuestAnswers:
    """The fields about the guests of one registration, and the answers in them.

    ``by_key`` has all questions of the form: a condition may name one that is asked once. ``known`` are the guests that are
    stored. Guests are counted from 1.
    """

    def __init__(self, by_key: Mapping[str, Question], known: Sequence[Guest]) -> None:
        self.by_key = by_key
        self.questions = [question for question in self.by_key.values() if question.each_attendee]
        self.known = known
        self.stored = [guest.all_answers() for guest in known] if self.questions else []
        self.question_by_field: dict[str, Question] = {}
        # What to do about required questions without an answer, by field name.
        self.errors: dict[str, str] = {}

    def fields(self, number: int) -> dict[str, forms.Field]:
        """Return the fields about as many guests."""
        fields: dict[str, forms.Field] = {}
        for n in range(1, number + 1):
            for question in self.questions:
                name = guest_field_name(n, field_name(question))
                fields[name] = question_field(
                    question,
                    label=_label(question, n),
                    help_text=question.help_text_html,
                    # Whether there is such a guest is known once the form is sent: see ``read``.
                    required=False,
                    stored=self._stored(n).get(question.key),
                )
                # What browsers fill in is about the person at the keyboard.
                fields[name].widget.attrs.pop("autocomplete", None)
                self.question_by_field[name] = question
        return fields

    @property
    def stored_by_field(self) -> dict[str, object]:
        """The answers as they are stored, by field."""
        return {
            guest_field_name(n, field_name(question)): stored[question.key]
            for n, stored in enumerate(self.stored, start=1)
            for question in self.questions
            if question.key in stored
        }

    @property
    def initial(self) -> dict[str, object]:
        """The stored answers as the fields show them, by field."""
        return {
            guest_field_name(n, field_name(question)): initial_value(question, stored[question.key])
            for n, stored in enumerate(self.stored, start=1)
            for question in self.questions
            if question.key in stored
        }

    def read(
        self, form: forms.Form, cleaned: Mapping[str, Any], own: Mapping[str, object], *, number: int, guest: GuestData
    ) -> GuestData:
        """Return a guest with their answers in a form; ``own`` are those of the person who registers.

        A required question without an answer is added to ``errors``, except for a guest who is stored without one.
        """
        stored = self._stored(number)
        is_stored = number <= len(self.known) and self.known[number - 1].name == guest.name
        given = {key: answer for key, answer in own.items() if not self.by_key[key].each_attendee}
        answers: dict[str, object] = {}
        for question in self.questions:
            name, key = guest_field_name(number, field_name(question)), question.key
            if not conditions.is_asked(question, given, self.by_key):
                form.errors.pop(name, None)
                answers[key] = None
                continue
            is_changed = name in form.changed_data
            answer = answer_in(question, cleaned.get(name), stored=stored.get(key), is_changed=is_changed)
            if answer is None and question.required and not (is_stored and key not in stored):
                self.errors[name] = str(question.question_type.missing_message)
            given[key] = answers[key] = answer
        sensitive = {key for key in answers if self.by_key[key].sensitive}
        return replace(
            guest,
            answers={key: answer for key, answer in answers.items() if key not in sensitive},
            sensitive={key: answer for key, answer in answers.items() if key in sensitive},
        )

    def _stored(self, number: int) -> dict[str, object]:
        return self.stored[number - 1] if number <= len(self.stored) else {}


def _label(question: Question, number: int) -> str:
    """Return the label of a question about a guest: our text, and the editor's in its language."""
    guest = in_interface_language(format_lazy(_("Guest {number}:"), number=number))
    return format_html("{} {}", guest, question.label_html)
