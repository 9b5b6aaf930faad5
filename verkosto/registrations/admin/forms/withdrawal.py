from django import forms
from django.utils.translation import gettext_lazy as _


class WithdrawalForm(forms.Form):
    """What happens to the registered people when their page is withdrawn."""

    people = forms.ChoiceField(
        label=_("What happens to the registrations?"),
        widget=forms.RadioSelect,
        choices=[
            ("cancel", _("Cancel the event and notify everyone who is registered")),
            ("keep", _("Keep the registrations and notify no one")),
        ],
        error_messages={"required": _("Choose what happens to the registrations.")},
    )
