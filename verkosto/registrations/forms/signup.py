"""The form with which a visitor signs up."""

from typing import Any

from django import forms
from django.core import signing
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from verkosto.core.form_fields import EmailAddressFormField
from verkosto.registrations.domain.signup import SignupData
from verkosto.registrations.enums import Eligibility
from verkosto.registrations.forms.agreement import AgreementForm
from verkosto.registrations.privacy import notice_snapshots

STAMP_SALT = "registrations.form"


class SignUpForm(AgreementForm):
    """The form with which a visitor signs up."""

    email = EmailAddressFormField(
        label=_("Email address"),
        error_messages={"required": _("Enter your email address.")},
        help_text=_("We will send the confirmation to this address."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=_("Your personal code"),
        max_length=100,
        error_messages={"required": _("Enter your personal code.")},
        help_text=_("You will find it in your invitation. Use the address the invitation was sent to."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    # A honeypot: people do not see it, and machines fill it in.
    website = forms.CharField(required=False, max_length=200)
    # The ``stamp`` of the page that the visitor opened.
    rendered = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    # The proof of work of the visitor's browser.
    proof = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    field_order = ("name", "email", "code", "places")
    fields_apart = ("declared", "website", "rendered", "proof")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.desk.eligibility != Eligibility.INVITED:
            del self.fields["code"]

    @property
    def stamp(self) -> str:
        """The desk and the version of the privacy notice that the page shows, signed, with the time of rendering.

        It names no visitor, so that the page can be cached, and does not expire (WCAG 2.2 SC 2.2.1).
        """
        shown = f"{self.desk.translation_key.hex}/{notice_snapshots.digest_of(self.notice)}"
        return signing.TimestampSigner(salt=STAMP_SALT).sign(shown)

    def signup_data(self, language: str) -> SignupData:
        """Return what a valid form gives to the use case. Saves the snapshot of the privacy notice that was shown."""
        return SignupData(
            email=self.cleaned_data["email"],
            language=language,
            declared=bool(self.cleaned_data.get("declared")),
            code=self.cleaned_data.get("code", ""),
            agreed=self.agreed(language),
            submission=self.fingerprint,
            **self.registration_data,
        )

    @property
    def fingerprint(self) -> str:
        """A short keyed digest of all that was typed, by which the same form sent twice is recognised.

        Not of its stamp alone: of a page in a cache many people have the same.
        """
        return salted_hmac("registrations.forms", repr(dict(self.data)), algorithm="sha256").hexdigest()[:32]

    def clean_website(self) -> str:
        """Refuse a form whose honeypot is filled in."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this field empty."), code="trap")
        return ""

    def clean_rendered(self) -> str:
        """Refuse a form that belongs to another desk, or shows an earlier version of the privacy notice."""
        stamp = self.cleaned_data["rendered"]
        try:
            key, _sep, digest = signing.TimestampSigner(salt=STAMP_SALT).unsign(stamp).partition("/")
        except signing.BadSignature:
            key, digest = "", ""
        # Both are errors of the whole form: the visitor cannot correct a hidden field.
        if key != self.desk.translation_key.hex:
            self.add_error(None, _("The form has changed since you opened it. Check your answers and send it again."))
        elif digest and digest != notice_snapshots.digest_of(self.notice):
            self.add_error(
                None, _("The privacy notice has changed since you opened the form. Read it and send the form again.")
            )
        return stamp
