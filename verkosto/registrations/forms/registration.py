"""The registration form of a desk, as visitors, registrants and staff see it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from verkosto.core.form_fields import NameField
from verkosto.registrations.enums import PoolKind
from verkosto.registrations.forms.guest_answers import GuestAnswers
from verkosto.registrations.forms.guests import guest_errors, guest_fields, guest_initial, guests_in, known_guests_of
from verkosto.registrations.forms.layout import FormLayout, field_name
from verkosto.registrations.forms.question_fields import answer_in, initial_value, question_field
from verkosto.registrations.forms.submitted import SubmittedData
from verkosto.registrations.models import AnswerFile, Desk, Pool, Question, Registration
from verkosto.registrations.questions import conditions
from verkosto.registrations.questions.file_types import content_type_of


class DeskForm(FormLayout):
    """The fields that a registrant fills in and may change later: name, places and the desk's questions.

    ``questions`` are those in use. ``pools`` are the desk's: options that are full are marked. ``registration`` is the
    registration to change; None for a new one.
    """

    use_required_attribute = False
    name = NameField(
        label=_("Name"),
        max_length=200,
        error_messages={"required": _("Enter your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    places = forms.IntegerField(label=_("How many places do you need?"), min_value=1, initial=1)

    def __init__(
        self,
        *args: Any,
        desk: Desk,
        questions: Iterable[Question],
        pools: Iterable[Pool] = (),
        registration: Registration | None = None,
        initial: dict[str, object] | None = None,
        **kwargs: Any,
    ) -> None:
        self.desk, self.questions, self.registration = desk, list(questions), registration
        self.questions_by_key = conditions.by_key(self.questions)
        self.full = {pool.key for pool in pools if pool.kind == PoolKind.CHOICE and pool.is_full}
        self.stored = registration.all_answers() if registration else {}
        self.asked_before = conditions.asked_keys(self.questions, self.stored) if registration else set()
        self.known_guests = known_guests_of(registration) if registration else []
        self.guest_answers = GuestAnswers(self.questions_by_key, self.known_guests)
        kwargs["initial"] = {**self._stored_initial(), **(initial or {})}
        super().__init__(*args, **kwargs)
        most = max(desk.most_places, registration.places if registration else 1)
        if most > 1:
            self.fields["places"] = forms.IntegerField(
                label=self.fields["places"].label,
                min_value=1,
                max_value=most,
                initial=1,
                error_messages=dict.fromkeys(("required", "invalid"), _("Enter how many places you need.")),
                help_text=ngettext_lazy("At most %(n)s place.", "At most %(n)s places.", most) % {"n": most},
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )
        else:
            del self.fields["places"]
        self.guest_number = most - 1
        self.fields |= guest_fields(desk, self.guest_number)
        self.fields |= self.guest_answers.fields(self.guest_number)
        self.question_by_field = self.guest_answers.question_by_field
        for question in self.questions:
            if question.question_type.takes_answer:
                self.fields[field_name(question)] = self._field(question)

    def _stored_initial(self) -> dict[str, object]:
        """Return the values of the registration to change, by field."""
        registration = self.registration
        if registration is None:
            return {}
        answers = {
            field_name(question): initial_value(question, self.stored[question.key])
            for question in self.questions
            if question.key in self.stored
        }
        return {
            "name": registration.name,
            "email": registration.email,
            "language": registration.language,
            "places": registration.places,
            **guest_initial(self.known_guests),
            **self.guest_answers.initial,
            **answers,
        }

    @property
    def _holds_place(self) -> bool:
        return self.registration is not None and self.registration.holds_place

    def _field(self, question: Question) -> forms.Field:
        return question_field(
            question,
            label=question.label_html,
            help_text=question.help_text_html,
            # A conditional question is required only where it is asked.
            required=self.must_answer(question) and not question.shown_if_key,
            stored=self.stored.get(question.key),
            full={choice.key for choice in question.choices if f"{question.key}:{choice.key}" in self.full},
            takes_waiting=question.question_type.waits_when_full and self.desk.waiting_list and not self._holds_place,
        )

    def must_answer(self, question: Question) -> bool:
        """Return whether a question needs an answer where it is asked.

        Somebody who changes a registration need not answer a question that was made required after they registered.
        """
        unanswered = question.key in self.asked_before and question.key not in self.stored
        return question.required and not unanswered

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        self._keep_unchanged(cleaned)
        # The answers that change, by question key; None for one that is removed.
        self.changed_answers: dict[str, object] = {}
        answers: dict[str, object] = {}
        for question in self.questions:
            name, key = field_name(question), question.key
            if name not in self.fields:
                continue
            stored = self.stored.get(key)
            if not conditions.is_asked(question, answers, self.questions_by_key):
                self.errors.pop(name, None)
                cleaned.pop(name, None)
                if stored is not None and key in self.asked_before:
                    self.changed_answers[key] = None
                continue
            answer = answer_in(question, cleaned.get(name), stored=stored, is_changed=name in self.changed_data)
            if answer is None and self.must_answer(question) and name not in self.errors:
                self.add_error(
                    name, forms.ValidationError(self.fields[name].error_messages["required"], code="required")
                )
            if answer != stored:
                self.changed_answers[key] = answer
            answers[key] = answer
        self._check_guests(cleaned, answers)
        return cleaned

    def _keep_unchanged(self, cleaned: dict[str, Any]) -> None:
        """Remove the errors of fields that a registrant has not changed: only what changes is validated."""
        if self.registration is None:
            return
        unchanged = set(self.initial) - set(self.changed_data)
        for name in unchanged & set(self.errors):
            del self.errors[name]
            cleaned[name] = self.initial[name]

    def _check_guests(self, cleaned: dict[str, Any], answers: dict[str, object]) -> None:
        """Set ``guests``, those of the places beyond the first, and add their errors. ``answers`` are the person's own."""
        named = guests_in(cleaned, self.guest_number)
        places = cleaned.get("places") or 1
        self.guests = [
            self.guest_answers.read(self, cleaned, answers, number=number, guest=guest)
            for number, guest in enumerate(named[: places - 1], start=1)
        ]
        if not self.guest_number or "places" not in cleaned:
            return
        errors = guest_errors(named, places=places, own_email=cleaned.get("email", ""), known=self.known_guests)
        for name, error in (errors | self.guest_answers.errors).items():
            if not self.has_error(name):
                self.add_error(name, error)

    @property
    def registration_data(self) -> SubmittedData:
        """The values of a valid form as arguments of ``SignupData`` and ``ChangedAnswers``."""
        cleaned, changed = self.cleaned_data, self.changed_answers
        sensitive_keys = {question.key for question in self.questions if question.sensitive}
        files = {
            question.key: cleaned[field_name(question)]
            for question in self.questions
            if question.question_type.takes_file and changed.get(question.key)
        }
        return {
            "name": cleaned["name"],
            "answers": {key: answer for key, answer in changed.items() if key not in sensitive_keys},
            "sensitive": {key: answer for key, answer in changed.items() if key in sensitive_keys},
            "files": [
                AnswerFile(
                    question_key=key, file=file, name=file.name, content_type=content_type_of(file), size=file.size
                )
                for key, file in files.items()
            ],
            "places": cleaned.get("places", 1),
            "guests": self.guests,
        }

    def refuse_choice(self, question_key: str) -> None:
        """Add the error that the chosen option has become full meanwhile."""
        self.add_error(f"q-{question_key}", _("The last place for this option was just taken. Choose another option."))

    def refuse_file(self, question_key: str) -> None:
        """Add the error that a file could not be stored and has to be chosen again."""
        self.add_error(
            f"q-{question_key}",
            _("The file could not be stored because of a fault in our service. Choose it again and try once more."),
        )
