"""The form for the code of a check-in link."""

from django import forms
from django.utils.translation import gettext_lazy as _

from verkosto.core.form_fields import LineField
from verkosto.registrations.forms.layout import FormLayout


class CheckInCodeForm(FormLayout):
    """The code that belongs to a check-in link."""

    use_required_attribute = False
    questions = []
    questions_by_key = {}

    code = LineField(
        label=_("Code"),
        max_length=20,
        help_text=_("Six digits."),
        error_messages={"required": _("Enter the code.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
