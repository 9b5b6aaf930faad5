from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verkosto.registrations.mail.kinds import MailKind
from verkosto.registrations.mail.placeholders import check_placeholders, placeholders_of


class EmailTemplateForm(forms.Form):
    """Subject and text of one kind of mail. Placeholders are checked; nothing in the text is executed."""

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    body = forms.CharField(label=gettext_lazy("Text"), max_length=20000, widget=forms.Textarea(attrs={"rows": 10}))

    def __init__(self, *args: Any, kind: MailKind, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        placeholders = ", ".join(f"{{{name}}}" for name in placeholders_of(kind))
        self.fields["body"].help_text = _("Placeholders filled in for each person: %(placeholders)s.") % {
            "placeholders": placeholders
        }
        for field in self.fields.values():
            field.widget.attrs["lang"] = language

    def clean_subject(self) -> str:
        subject = self._with_known_placeholders("subject")
        if "\n" in subject or "\r" in subject:
            raise ValidationError(_("The subject must be a single line."))
        return subject

    def clean_body(self) -> str:
        return self._with_known_placeholders("body")

    def _with_known_placeholders(self, name: str) -> str:
        text: str = self.cleaned_data[name]
        check_placeholders(text, self.kind)
        return text
