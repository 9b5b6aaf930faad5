from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import get_content_languages

from verkosto.registrations.domain import invitations
from verkosto.registrations.domain.address_lists import MAX_ADDRESSES, SHOWN_ERRORS, line_error
from verkosto.registrations.forms.addresses import AddressesForm
from verkosto.registrations.models import Desk, InvitationReminder


class InviteForm(AddressesForm):
    """The people to invite, and the language of those whose line names none."""

    language = forms.ChoiceField(label=_("Language for lines without a language"))
    leave_out = forms.BooleanField(label=_("Skip invalid rows"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = list(get_content_languages().items())  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["addresses"].help_text = _(
            "One person per line: address, name, language (fi, sv, en). The address alone is enough."
        )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        self.invitees, invalid = invitations.read_invitees(self.text)
        if invalid and not cleaned.get("leave_out"):
            self.add_error("addresses", [line_error(number, row) for number, row in invalid[:SHOWN_ERRORS]])
        elif not self.invitees and not self.errors:
            self.add_error("addresses", _("Give at least one address."))
        if len(self.invitees) > MAX_ADDRESSES:
            self.add_error("addresses", _("At most %(n)s addresses at a time.") % {"n": MAX_ADDRESSES})
        return cleaned


class ReminderForm(forms.Form):
    """How many days before the registration closes the people who have not answered are reminded."""

    days = forms.IntegerField(label=_("Days before the registration closes"), min_value=0, max_value=365)

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.desk = desk

    def clean_days(self) -> int:
        days: int = self.cleaned_data["days"]
        at = InvitationReminder(desk=self.desk, days=days).at
        if at is None or at <= timezone.now():
            raise forms.ValidationError(
                _("That day has passed, or the closing date of registration is not known yet.")
            )
        if self.desk.invitation_reminders.filter(days=days).exists():
            raise forms.ValidationError(_("There is already a reminder for this day."))
        return days

    def save(self) -> InvitationReminder:
        reminder, _created = InvitationReminder.objects.get_or_create(desk=self.desk, days=self.cleaned_data["days"])
        return reminder
