from django import forms
from django.utils.translation import gettext_lazy as _


class AddressForm(forms.Form):
    """One person's address. It is sent by POST, because an address belongs in no URL and no log."""

    email = forms.EmailField(label=_("Email address"), max_length=254)
