from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import get_content_languages

from verkosto.core.form_fields import EmailAddressFormField
from verkosto.registrations.enums import ROLE_RIGHTS, DeskRole


class InviteColleagueForm(forms.Form):
    """The address of a colleague, one of the roles that the user may give, and the language of the mail."""

    use_required_attribute = False
    email = EmailAddressFormField(
        label=_("Email address of the colleague"),
        max_length=254,
        help_text=_("Only the account with this address can accept the invitation."),
        error_messages={"required": _("Enter the email address of the colleague.")},
    )
    role = forms.ChoiceField(
        label=_("Role"), widget=forms.RadioSelect, error_messages={"required": _("Choose the role.")}
    )
    language = forms.ChoiceField(label=_("Language of the invitation"))

    def __init__(self, *args: Any, roles: list[DeskRole], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(role.value, format_lazy("{}: {}", role.label, ROLE_RIGHTS[role])) for role in roles]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["language"].choices = list(get_content_languages().items())  # type: ignore[attr-defined]  # likewise
