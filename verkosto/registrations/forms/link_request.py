"""The form with which people ask for new personal links."""

from django import forms
from django.utils.translation import gettext_lazy as _

from verkosto.core.form_fields import EmailAddressFormField


class LinkRequestForm(forms.Form):
    """The address whose owner asks for the links to their registrations."""

    use_required_attribute = False
    proof = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    email = EmailAddressFormField(
        label=_("Email address"),
        error_messages={"required": _("Enter your email address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "class": "ds-input"}),
    )
