"""The form in which visitors give feedback about accessibility, and the forms of staff."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from home.accessibility_feedback.permissions import people_who_answer
from home.accessibility_feedback.use_cases import Feedback
from home.models import AccessibilityFeedback
from verkosto.core.form_fields import EmailAddressFormField, LineField, LinesField, NameField
from verkosto.core.forms import ErrorSummaryMixin

INPUT = {"class": "ds-input"}


class FeedbackForm(ErrorSummaryMixin, forms.Form):
    """A message about accessibility. Only the message is required."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=gettext_lazy("What is it about?"),
        choices=AccessibilityFeedback.Kind.choices,
        initial=AccessibilityFeedback.Kind.PROBLEM,
        widget=forms.Select(attrs={"class": "ds-input ds-select"}),
    )
    message = LinesField(
        label=gettext_lazy("Your message"),
        max_length=5000,
        error_messages={"required": gettext_lazy("Write your message.")},
        widget=forms.Textarea(attrs={**INPUT, "rows": 6}),
    )
    page = LineField(
        label=gettext_lazy("Page (optional)"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("The address of the page, or what it is about."),
        widget=forms.TextInput(attrs=INPUT),
    )
    name = NameField(
        label=gettext_lazy("Name (optional)"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={**INPUT, "autocomplete": "name"}),
    )
    email = EmailAddressFormField(
        label=gettext_lazy("Email address (optional)"),
        required=False,
        help_text=gettext_lazy("We need it to answer you."),
        widget=forms.EmailInput(attrs={**INPUT, "autocomplete": "email", "spellcheck": "false"}),
    )
    # A honeypot: people do not see it, and machines fill it in.
    website = forms.CharField(required=False, max_length=200)
    # The proof of work of the visitor's browser.
    proof = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("page", "email"):
            described = [f"id_{name}_help", *([f"id_{name}_error"] if name in self.errors else [])]
            self.fields[name].widget.attrs["aria-describedby"] = " ".join(described)
        for name in self.errors:
            if name in self.fields:
                attrs = self.fields[name].widget.attrs
                attrs |= {
                    "aria-invalid": "true",
                    "aria-describedby": attrs.get("aria-describedby", f"id_{name}_error"),
                }

    def shown_fields(self) -> list[forms.BoundField]:
        """Return the fields that visitors see, in their order."""
        return [field for field in self.visible_fields() if field.name != "website"]

    def clean_website(self) -> str:
        """Refuse a form whose honeypot is filled in."""
        if self.cleaned_data["website"]:
            self.add_error(None, _("Leave the hidden field empty and send the form again."))
        return ""

    @property
    def feedback(self) -> Feedback:
        """What a valid form says."""
        return Feedback(**{name: self.cleaned_data[name] for name in ("kind", "message", "page", "name", "email")})


class AssignForm(forms.Form):
    """Who answers."""

    assigned_to = forms.ModelChoiceField(
        label=pgettext_lazy("accessibility feedback", "Assigned to"),
        queryset=get_user_model().objects.none(),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["assigned_to"]
        field.queryset = people_who_answer()  # type: ignore[attr-defined]  # of a ModelChoiceField
        field.label_from_instance = lambda user: user.get_full_name() or user.get_username()  # type: ignore[attr-defined]  # likewise


class AnswerForm(forms.Form):
    """The answer, or why there is none."""

    text = LinesField(
        label=gettext_lazy("Answer"),
        max_length=10000,
        error_messages={"required": gettext_lazy("Write the answer.")},
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class CloseForm(forms.Form):
    """Why feedback gets no answer."""

    reason = LineField(
        label=gettext_lazy("Reason"),
        max_length=500,
        error_messages={"required": gettext_lazy("Write the reason.")},
        help_text=gettext_lazy("For example that it is an advertisement. Nobody is sent it."),
    )
