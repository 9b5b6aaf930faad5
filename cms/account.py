"""Account security: what proves who changes an account's email address, and how often a password can be reset."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.auth import PasswordChangeForm as WagtailPasswordChangeForm
from wagtail.admin.forms.auth import PasswordResetForm as WagtailPasswordResetForm
from wagtail.admin.views import account

from verkosto.core.form_fields import EmailAddressFormField
from verkosto.registrations.public.rate_limits import client_address, within_limits


class EmailForm(forms.ModelForm):
    """The email address of an account. Changing it requires the password (OWASP ASVS 5, requirement 7.5.1)."""

    email = EmailAddressFormField(label=gettext_lazy("Email"))
    current_password = forms.CharField(
        label=gettext_lazy("Current password"),
        help_text=gettext_lazy("Needed to change the email address. We notify the old address of the change."),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    class Meta:
        model = User
        fields = ["email"]

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        # A wrong password counts as a failed sign-in, and is limited as such.
        if "email" in self.changed_data and "email" in cleaned:
            credentials = {"username": self.instance.get_username(), "password": cleaned.get("current_password", "")}
            if authenticate(self.request, **credentials) != self.instance:
                self.add_error("current_password", _("Enter your current password to change the email address."))
        return cleaned

    def save(self, commit: bool = True) -> User:
        """Save the address alone: the page's other forms have saved the rest of the same row."""
        self.instance.save(update_fields=["email"])
        return self.instance


class EmailPanel(account.BaseSettingsPanel):
    """The email address on Wagtail's account page, in place of Wagtail's field, which asks for no password."""

    name = "email"
    title = gettext_lazy("Email address")
    order = 110
    form_class = EmailForm

    def is_active(self) -> bool:
        return bool(self.user.has_usable_password())

    def get_form(self) -> EmailForm:
        return self.form

    @cached_property
    def form(self) -> EmailForm:
        # The form changes its instance, and the page is rendered for the user as they are.
        user = User.objects.get(pk=self.user.pk)
        data = self.request.POST if self.request.method == "POST" and "email-email" in self.request.POST else None
        return EmailForm(data, instance=user, prefix=self.name, request=self.request)


class PasswordChangeForm(WagtailPasswordChangeForm):
    """Wagtail's form, in which a wrong old password counts as a failed sign-in, and is limited as such."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_old_password(self) -> str:
        old_password: str = self.cleaned_data["old_password"]
        credentials = {"username": self.user.get_username(), "password": old_password}
        if authenticate(self.request, **credentials) != self.user:
            raise forms.ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        return old_password


class PasswordPanel(account.ChangePasswordPanel):
    """Wagtail's panel with our form."""

    def form_class(self, *args: Any, **kwargs: Any) -> PasswordChangeForm:
        return PasswordChangeForm(*args, request=self.request, **kwargs)

    @cached_property
    def form(self) -> PasswordChangeForm:
        form: PasswordChangeForm = super().get_form()
        return form

    def get_form(self) -> PasswordChangeForm:
        return self.form


class AccountView(account.AccountView):
    """Wagtail's view with our password panel. Each panel has one form a request, so that a wrong password counts once."""

    def get_panels(self) -> list[account.BaseSettingsPanel]:
        return self.panels

    @cached_property
    def panels(self) -> list[account.BaseSettingsPanel]:
        panels = super().get_panels()
        return [
            PasswordPanel(panel.request, panel.user, panel.profile)
            if isinstance(panel, account.ChangePasswordPanel)
            else panel
            for panel in panels
        ]


class PasswordResetForm(WagtailPasswordResetForm):
    """Wagtail's form, with the address in its stored form."""

    email = EmailAddressFormField(label=gettext_lazy("Enter your email address to reset your password"))


class PasswordResetView(account.PasswordResetView):
    """Wagtail's view with rate limits: for each address the same answer without a mail, for each client a refusal.

    An owner is not locked out: the mails that an address has got still work.
    """

    def form_valid(self, form: PasswordResetForm) -> HttpResponse:
        if not within_limits("password_reset_address", client_address(self.request)):
            form.add_error(None, _("Too many attempts. Wait a while and try again."))
            response = self.form_invalid(form)
            response.status_code = 429
            return response
        if not within_limits("password_reset", form.cleaned_data["email"]):
            return HttpResponseRedirect(self.get_success_url())
        return super().form_valid(form)
