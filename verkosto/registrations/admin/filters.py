"""Filters of a desk's list: status, language, attendance, and the answers to its closed questions."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.coreutils import get_content_languages

from verkosto.registrations import conf
from verkosto.registrations.admin.registration_columns import DEFAULT_COLUMNS, registration_columns
from verkosto.registrations.enums import EXPECTED, Participation, RegistrationStatus
from verkosto.registrations.models import Desk, MeetingParticipation, Question, Registration
from verkosto.registrations.models.querysets import RegistrationQuerySet


def readable_questions(desk: Desk, *, sensitive: bool) -> list[Question]:
    """Return the desk's questions that take answers, retired ones last; sensitive ones only when asked for."""
    return [
        question
        for question in desk.questions.select_related("desk")
        if question.question_type.takes_answer and (sensitive or not question.sensitive)
    ]


def answer_choices(question: Question) -> list[tuple[str, str]]:
    """Return the answers that can be filtered by, as (key, label); none for open questions and encrypted answers."""
    if question.sensitive and conf.sensitive_answers_keys():
        return []
    if question.question_type.has_choices:
        return [(choice.key, question.choice_label(choice.key)) for choice in question.choices]
    if question.type == "yes_no":
        return [("yes", str(_("Yes"))), ("no", str(_("No")))]
    return []


class AnswerFilter(django_filters.MultipleChoiceFilter):
    """Filter by registrations whose answer is, or has among its choices, one of the values."""

    def __init__(self, question: Question, **kwargs: Any) -> None:
        label = question.label()
        super().__init__(
            label=label if len(label) <= 60 else f"{label[:59]}…",
            choices=answer_choices(question),
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )
        self.question = question

    def filter(self, qs: RegistrationQuerySet, value: list[str]) -> RegistrationQuerySet:
        if not value:
            return qs
        field = "sensitive__answers" if self.question.sensitive else "answers"
        return qs.with_answer(
            field,
            self.question.key,
            value,
            yes_no=self.question.type == "yes_no",
            of_guests=self.question.each_attendee,
        )


class RegistrationFilterSet(WagtailFilterSet):
    # distinct=False here and below: the columns are the registration's own, and SELECT DISTINCT would sort every row.
    status = django_filters.MultipleChoiceFilter(
        label=_("Status"), choices=RegistrationStatus.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    attendance = django_filters.ChoiceFilter(
        label=pgettext_lazy("registration", "Attendance"),
        choices=[("attended", _("Attended")), ("absent", _("Absent")), ("none", _("Not recorded"))],
        method="by_attendance",
        empty_label=_("All"),
    )
    handover = django_filters.ChoiceFilter(
        label=_("Hand-over"),
        choices=[("requested", _("Requested")), ("taken_over", _("Place taken over"))],
        method="by_handover",
        empty_label=_("All"),
    )
    language = django_filters.MultipleChoiceFilter(
        label=_("Language"), widget=forms.CheckboxSelectMultiple, distinct=False
    )
    created_at = django_filters.DateFromToRangeFilter(label=_("Registered"), widget=DateRangePickerWidget)

    class Meta:
        model = Registration
        fields: list[str] = []

    def __init__(
        self, *args: Any, questions: list[Question], meetings: Sequence[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if meetings:
            self._add_meetings(meetings)
        self.filters["language"].extra["choices"] = [
            (code, str(name)) for code, name in get_content_languages().items()
        ]
        for question in questions:
            if answer_choices(question):
                self.filters[f"q_{question.key}"] = AnswerFilter(question)
        self.filters["columns"] = django_filters.MultipleChoiceFilter(
            label=_("Columns shown"),
            choices=[
                *((column.name, column.label) for column in registration_columns().values()),
                *((f"q_{question.key}", question.label()) for question in questions),
            ],
            widget=forms.CheckboxSelectMultiple,
            method=lambda queryset, name, value: queryset,
            initial=DEFAULT_COLUMNS,
        )

    def _add_meetings(self, meetings: Sequence[tuple[str, str]]) -> None:
        """Add the filters of a series, by meeting and by how somebody takes part in it."""
        self.filters["meeting"] = django_filters.ChoiceFilter(
            label=_("Meeting"), choices=meetings, method=self.by_meeting, empty_label=_("All")
        )
        self.filters["participation"] = django_filters.MultipleChoiceFilter(
            label=_("At the meeting"),
            choices=Participation.choices,
            widget=forms.CheckboxSelectMultiple,
            method=self.by_participation,
        )

    def by_meeting(self, registrations: RegistrationQuerySet, name: str, value: str) -> RegistrationQuerySet:
        """Select those who are expected at a meeting, or who take part in it as the other filter says."""
        statuses = self.form.cleaned_data.get("participation") or EXPECTED
        return registrations.at_meeting(value).filter(Q(participation__in=statuses))

    def by_participation(
        self, registrations: RegistrationQuerySet, name: str, value: list[str]
    ) -> RegistrationQuerySet:
        """Select those who take part in any meeting in one of the ways; if a meeting is chosen, that filter does it."""
        if self.form.cleaned_data.get("meeting") or not value:
            return registrations
        rows = MeetingParticipation.objects.filter(status__in=value)
        return registrations.filter(pk__in=rows.values("registration"))

    def by_attendance(self, registrations: QuerySet[Registration], name: str, value: str) -> QuerySet[Registration]:
        return registrations.filter(attendance="" if value == "none" else value)

    def by_handover(self, registrations: QuerySet[Registration], name: str, value: str) -> QuerySet[Registration]:
        if value == "taken_over":
            return registrations.filter(predecessor__isnull=False)
        return registrations.filter(handover_request__isnull=False)

    @property
    def columns(self) -> list[str]:
        """The names of the columns to show, in the order in which they are offered."""
        chosen = self.form.cleaned_data.get("columns") if self.is_valid() else None
        return [
            name for name, _label in self.filters["columns"].extra["choices"] if name in (chosen or DEFAULT_COLUMNS)
        ]
