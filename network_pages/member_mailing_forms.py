"""The forms of emails to members."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network_pages.enums import MemberRole, RecipientTerm
from network_pages.member_forms import PageField
from network_pages.member_mailings import PLACEHOLDERS, Selection
from verkosto.core.users import AnyUser
from verkosto.registrations.admin.forms.mailings import TextsForm


class ChoosePageForm(forms.Form):
    """The network, group or round to whose members to write."""

    page = PageField()

    def __init__(self, *args: Any, user: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        page: Any = self.fields["page"]
        page.offer_to(user)


class MemberMailingForm(TextsForm):
    """Whom a mail is for, and its subject and text in each language of the members."""

    placeholders = PLACEHOLDERS
    # The same in every submission of one form, so that a second click on “Send” sends nothing more.
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    term = forms.ChoiceField(label=_("To"), choices=RecipientTerm.choices, widget=forms.RadioSelect)
    role = forms.MultipleChoiceField(
        label=_("Roles"),
        required=False,
        choices=MemberRole.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("If none is selected, members in every role get the email."),
    )
    organisation = forms.MultipleChoiceField(
        label=_("Organisations"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("If none is selected, members from every organisation get the email."),
    )

    def __init__(self, *args: Any, organisations: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if organisations:
            field: Any = self.fields["organisation"]
            field.choices = [(name, name) for name in organisations]
        else:
            del self.fields["organisation"]

    @property
    def selection(self) -> Selection:
        """Whom the mail is for."""
        data = self.cleaned_data
        return {"term": data["term"], "role": data["role"], "organisation": data.get("organisation", [])}
