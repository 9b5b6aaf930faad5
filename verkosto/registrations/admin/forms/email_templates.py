from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verkosto.core.version_check import VersionCheckMixin
from verkosto.registrations.mail.kinds import MailKind
from verkosto.registrations.mail.placeholders import check_placeholders, placeholders_of
from verkosto.registrations.models import Desk, EmailTemplate


class EmailTemplateForm(VersionCheckMixin, forms.Form):
    """The text of one kind of mail. Placeholders are checked; nothing in the text is executed.

    ``own`` is the saved text, None while the default is used; ``initial`` is what is shown in that case.
    """

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    greeting = forms.CharField(
        label=gettext_lazy("Greeting"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Such as “Dear {name},” or “Dear colleagues,”. If left empty: “Hello {name},”."),
    )
    body = forms.CharField(label=gettext_lazy("Text"), max_length=20000, widget=forms.Textarea(attrs={"rows": 10}))
    signature = forms.CharField(
        label=gettext_lazy("Signature"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Who invites: name, role and organisation, each on its own line."),
    )
    postscript = forms.CharField(
        label=gettext_lazy("P.S."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("A line after the signature. “P.S.” is added before it."),
    )

    def __init__(self, *args: Any, kind: MailKind, language: str, own: EmailTemplate | None, **kwargs: Any) -> None:
        names = ["subject", "greeting", "body", "signature", "postscript"]
        stored = {name: getattr(own, name) for name in names} if own else {}
        kwargs["initial"] = stored or kwargs.get("initial")
        super().__init__(*args, stored=stored, **kwargs)
        self.kind = kind
        if not kind.is_letter:
            for name in ("greeting", "signature", "postscript"):
                del self.fields[name]
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

    def clean_greeting(self) -> str:
        return self._with_known_placeholders("greeting")

    def clean_body(self) -> str:
        return self._with_known_placeholders("body")

    def clean_signature(self) -> str:
        return self._with_known_placeholders("signature")

    def clean_postscript(self) -> str:
        return self._with_known_placeholders("postscript")

    def _with_known_placeholders(self, name: str) -> str:
        text: str = self.cleaned_data[name]
        check_placeholders(text, self.kind)
        return text

    def save(self, *, desk: Desk, language: str) -> None:
        """Save the text of a valid form as the desk's own in a language."""
        texts = {name: value for name, value in self.cleaned_data.items() if name != self.VERSION}
        EmailTemplate.objects.update_or_create(desk=desk, kind=self.kind.name, language=language, defaults=texts)
