"""The form of a new token."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from verkosto.api.models import ApiToken

LONGEST = timedelta(days=366)


class TokenForm(WagtailAdminModelForm):
    """A new token. Its rights are checked at each request against those that its person then has."""

    class Meta:
        model = ApiToken
        fields = ["name", "can_read", "can_change", "can_check_in", "page", "expires_on"]

    def clean_expires_on(self) -> date:
        """Refuse a day that has passed, and one that is more than a year away."""
        day: date = self.cleaned_data["expires_on"]
        today = timezone.localdate()
        if not today <= day <= today + LONGEST:
            raise forms.ValidationError(_("Choose a day between today and a year from now."), code="too_long")
        return day
