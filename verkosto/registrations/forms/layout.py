"""The rows of a desk's form and the summary of its errors, as the template shows them."""

import json
from typing import Any

from django import forms
from django.utils.functional import Promise, cached_property
from django.utils.html import format_html, strip_tags
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from verkosto.core.html import in_interface_language, interface_errors
from verkosto.registrations.models import Question
from verkosto.registrations.questions import conditions


def field_name(question: Question) -> str:
    """Return the name of the field that asks a question."""
    return f"q-{question.key}"


def guest_number(field_name: str) -> int | None:
    """Return the number of the guest whom a field of a registration form is about; None for another field."""
    return int(field_name.split("-")[1]) if field_name.startswith("guest-") else None


class FormLayout(forms.Form):
    """A form's fields as rows for the template, and its errors as a summary.

    A form with errors asks again for its files, because a browser does not send the same files a second time.
    """

    questions: list[Question]
    questions_by_key: dict[str, Question]
    # The questions that are asked about each guest, by the name of their field.
    question_by_field: dict[str, Question] = {}
    # The names of the fields that are no rows: the template shows each by itself.
    fields_apart: tuple[str, ...] = ()
    is_checked = False
    # The fields whose errors are understood without the label.
    clear_names = ("name", "email", "code", "places")

    def full_clean(self) -> None:
        super().full_clean()
        self.is_checked = True
        self._ask_again_for_files()

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)
        if self.is_checked:
            self._ask_again_for_files()

    def _ask_again_for_files(self) -> None:
        """If the form has errors, add one to each field whose file was sent: the file has to be chosen again.

        ``lost``, a hidden field of the page that keeps a form while the database is down, names the fields whose files
        that page could not keep.
        """
        lost = self.data.getlist("lost") if hasattr(self.data, "getlist") else []
        for name, field in self.fields.items():
            if not isinstance(field, forms.FileField) or self.has_error(name):
                continue
            file = self.files.get(self.add_prefix(name))
            if file and self.errors:
                message = _("Choose the file again: %(name)s was not kept.")
                super().add_error(name, forms.ValidationError(message, code="lost", params={"name": file.name}))
            elif not file and name in lost and name in self.cleaned_data:
                super().add_error(
                    name, forms.ValidationError(_("Choose the file again: it could not be kept."), code="lost")
                )

    @cached_property
    def rows(self) -> list[dict[str, object]]:
        """The form's rows for the template: {"field", "question", "kind", "condition"}, headings without a field."""
        first = [name for name in self.fields if not name.startswith("q-") and name not in self.fields_apart]
        # People who answer questions about guests have answered them about themselves before.
        last = [name for name in first if self.question_by_field and guest_number(name)]
        rows = [self._row(name) for name in first if name not in last]
        for question in self.questions:
            name = field_name(question)
            rows.append(
                self._row(name, question) if name in self.fields else {"question": question, "kind": "heading"}
            )
        guests = sorted(last, key=lambda name: guest_number(name) or 0)
        return [*rows, *(self._row(name, self.question_by_field.get(name)) for name in guests)]

    def _row(self, name: str, question: Question | None = None) -> dict[str, object]:
        bound = self[name]
        kind = _row_kind(bound.field.widget)
        condition = conditions.description(question, self.questions_by_key) if question else None
        # The texts around the field that its aria-describedby refers to, and whether it has each.
        descriptions = {
            "help": bool(bound.help_text),
            "reason": bool(question and question.reason()),
            "condition": bool(condition),
            "error": bool(bound.errors),
        }
        described = " ".join(f"id_{name}_{part}" for part, is_shown in descriptions.items() if is_shown)
        bound.field.widget.attrs["class"] = "ds-input"
        if kind != "group":
            if bound.field.required:
                bound.field.widget.attrs["aria-required"] = "true"
            if described:
                bound.field.widget.attrs["aria-describedby"] = described
        return {
            "field": bound,
            "question": question,
            "kind": kind,
            "condition": condition,
            "shown_if": json.dumps(conditions.browser_condition(question, self.questions_by_key, guest_number(name)))
            if question and condition
            else "",
            "described": described,
            "id": f"id_{name}",
            "guest": guest_number(name),
            "required": bool(question.required if question else bound.field.required),
        }

    @property
    def problems(self) -> list[dict[str, str]]:
        """The error summary: each error with the field that its link leads to ("" for the whole form)."""
        found = [{"id": "", "text": str(error)} for error in interface_errors(self.non_field_errors())]
        for name, errors in self.errors.items():
            if name in self.fields:
                is_group = _row_kind(self.fields[name].widget) == "group"
                target = f"id_{name}_0" if is_group else f"id_{name}"
                # Our own messages say what is missing, and the honeypot has no label.
                label = "" if name in self.clear_names else self.fields[name].label or ""
                colon = "" if not label or strip_tags(str(label)).endswith(("?", "!", ".")) else ":"
                # A name that is a string is an editor's.
                shown = in_interface_language(label) if isinstance(label, Promise) else label
                found += [
                    {"id": target, "text": format_html("{}{} {}", shown, colon, error) if label else str(error)}
                    for error in interface_errors(errors)
                ]
        return found


def _row_kind(widget: forms.Widget) -> str:
    """Return how the template shows a widget: as a "group" (a fieldset of options), a "checkbox" or an "input"."""
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "group"
    return "checkbox" if isinstance(widget, forms.CheckboxInput) else "input"


class FullOptionsMixin:
    """A mixin for a widget with options: marks those in ``full``, which have no places left.

    They are disabled unless the waiting list takes those who choose them.
    """

    full: set[str] = set()
    takes_waiting = False

    def create_option(
        self, name: str, value: object, label: str | Promise, *args: Any, **kwargs: Any
    ) -> dict[str, object]:
        option = super().create_option(name, value, label, *args, **kwargs)  # type: ignore[misc]  # a widget mixin
        if str(value) in self.full and self.takes_waiting:
            marked = gettext("%(choice)s (full: you join the waiting list)")
            option["label"] = format_html(marked.replace("%(choice)s", "{}"), label)
        elif str(value) in self.full:
            option["attrs"]["disabled"] = True
            option["label"] = format_html(gettext("%(choice)s (full)").replace("%(choice)s", "{}"), label)
        return option
