"""The form with which people give their place to a colleague."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import get_content_languages

from verkosto.core.form_fields import EmailAddressFormField, NameField
from verkosto.registrations.domain.handover import Colleague
from verkosto.registrations.forms.layout import FormLayout
from verkosto.registrations.models import Desk


class ColleagueForm(FormLayout):
    """The colleague to whom a place is given."""

    use_required_attribute = False
    questions = []
    questions_by_key = {}

    name = NameField(label=_("Your colleague’s name"), max_length=200)
    email = EmailAddressFormField(
        label=_("Your colleague’s email address"),
        help_text=_("We will send them an email with a personal link, where they can check their details."),
        widget=forms.EmailInput(attrs={"spellcheck": "false"}),
    )
    language = forms.ChoiceField(label=_("Language of the emails"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, str(name)) for code, name in get_content_languages().items() if code in desk.versions]
        if len(choices) > 1:
            self.fields["language"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
            self.initial.setdefault("language", get_language())
        else:
            del self.fields["language"]

    @property
    def colleague(self) -> Colleague:
        """The values of a valid form."""
        cleaned = self.cleaned_data
        language = cleaned.get("language") or get_language() or ""
        return Colleague(name=cleaned["name"], email=cleaned["email"], language=language)
