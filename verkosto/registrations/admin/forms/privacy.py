from django import forms
from django.utils.translation import gettext_lazy as _

from verkosto.core.form_fields import EmailAddressFormField


class AddressForm(forms.Form):
    """One person's address. It is sent by POST, because an address belongs in no URL and no log."""

    email = EmailAddressFormField(label=_("Email address"))
