from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.coreutils import get_content_languages

from verkosto.core.date_fields import LanguageDateTimeField
from verkosto.registrations.enums import RegistrationStatus
from verkosto.registrations.mail.mailings import PLACEHOLDERS, unknown_placeholders


class TextsForm(forms.Form):
    """Subject and text of a mail by staff in each language of its recipients. ``placeholders`` are those filled in."""

    placeholders: ClassVar[tuple[str, ...]] = PLACEHOLDERS

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = languages
        for language in languages:
            self._add_language(language)

    def _add_language(self, language: str) -> None:
        name = {"language": get_content_languages().get(language, language)}
        self.fields[f"subject_{language}"] = forms.CharField(label=_("Subject in %(language)s") % name, max_length=200)
        self.fields[f"body_{language}"] = forms.CharField(
            label=_("Text in %(language)s") % name,
            max_length=20000,
            widget=forms.Textarea(attrs={"rows": 8, "lang": language}),
            help_text=_(
                "The email starts with a greeting and the person’s name. An empty line starts a new paragraph. "
                "Placeholders filled in for each person: %(placeholders)s."
            )
            % {"placeholders": ", ".join(f"{{{name}}}" for name in self.placeholders)},
        )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        for name, text in list(cleaned.items()):
            if not name.startswith(("subject_", "body_")):
                continue
            if unknown := unknown_placeholders(text, self.placeholders):
                placeholders = ", ".join(f"{{{placeholder}}}" for placeholder in unknown)
                message = _("The placeholder %(unknown)s is unknown. Check the spelling.")
                self.add_error(name, message % {"unknown": placeholders})
        return cleaned

    @property
    def subjects(self) -> dict[str, str]:
        """The subject by language."""
        return {language: " ".join(self.cleaned_data[f"subject_{language}"].split()) for language in self.languages}

    @property
    def bodies(self) -> dict[str, str]:
        """The text by language."""
        return {language: self.cleaned_data[f"body_{language}"] for language in self.languages}


class MailingForm(TextsForm):
    """A mail to registrants, and when to send it, in the zone of the event."""

    status = forms.MultipleChoiceField(
        label=gettext_lazy("To people with the status"),
        choices=RegistrationStatus.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, has_selection: bool, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_selection:
            del self.fields["status"]
        send_at = LanguageDateTimeField(
            label=_("Send at"),
            required=False,
            help_text=_(
                "If left empty, the email is sent immediately. Recipients are selected when the email is sent."
            ),
        )
        send_at.use_zone(zone)
        self.fields["send_at"] = send_at

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if (at := self.cleaned_data.get("send_at")) and at < timezone.now():
            self.add_error("send_at", _("This time has passed. Leave the field empty to send immediately."))
        return cleaned
