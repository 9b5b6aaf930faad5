"""The words of the mails: ours, or the editors' own for one desk and one language."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.coreutils import get_content_languages

from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.labels import placeholder_name
from verkosto.registrations.admin.permissions import DeskPermission
from verkosto.registrations.admin.views.base import DeskAdminView
from verkosto.registrations.mail import outbox
from verkosto.registrations.mail.compose import compose
from verkosto.registrations.mail.kinds import MailKind, mail_kinds
from verkosto.registrations.mail.placeholders import check_wording, placeholders_of
from verkosto.registrations.models import EmailTemplate, Message, Registration

# Nothing to reword: their words are written for each mailing, or are about no desk.
FIXED = ("bulk", "links")


class EmailTemplateIndexView(DeskAdminView):
    """Every mail of the desk by language: ours, or reworded."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)
    page_title = gettext_lazy("Email templates")
    header_icon = "mail"
    tab = "mailings"
    template_name = "verkosto_registrations/admin/email_templates.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = set(self.desk.email_templates.values_list("kind", "language"))
        languages = list(get_content_languages().items())
        rows = [
            {
                "label": kind.label,
                "cells": [
                    {
                        "language": language,
                        "name": name,
                        "is_own": (kind.name, language) in own,
                        "url": self.desk_url("email_template", kind.name, language),
                    }
                    for language, name in languages
                ],
            }
            for kind in mail_kinds().values()
            if kind.name not in FIXED
        ]
        return {**super().get_context_data(**kwargs), "rows": rows, "languages": languages}


class EmailTemplateForm(forms.Form):
    """Subject and text of one kind of mail; placeholders are checked, and filled in but never executed."""

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    body = forms.CharField(label=gettext_lazy("Text"), max_length=20000, widget=forms.Textarea(attrs={"rows": 10}))

    def __init__(self, *args: Any, kind: MailKind, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        known = ", ".join(f"{{{name}}}" for name in placeholders_of(kind))
        self.fields["body"].help_text = _("Placeholders filled in for each person: %(placeholders)s.") % {
            "placeholders": known
        }
        for field in self.fields.values():
            field.widget.attrs["lang"] = language

    def _checked(self, name: str) -> str:
        text: str = self.cleaned_data[name]
        check_wording(text, self.kind)
        return text

    def clean_subject(self) -> str:
        subject = self._checked("subject")
        if "\n" in subject or "\r" in subject:
            raise ValidationError(_("The subject must be a single line."))
        return subject

    def clean_body(self) -> str:
        return self._checked("body")


class EmailTemplateView(DeskAdminView):
    """Rewords one kind of mail in one language, with a preview and a test to oneself."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)
    header_icon = "mail"
    tab = "mailings"
    template_name = "verkosto_registrations/admin/email_template.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        kind = mail_kinds().get(kwargs["kind"])
        if kind is None or kind.name in FIXED or kwargs["language"] not in get_content_languages():
            raise Http404
        self.kind, self.language = kind, kwargs["language"]

    def get_page_title(self) -> str:
        return f"{self.kind.label} ({get_content_languages()[self.language]})"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return self.desk_breadcrumbs(
            (_("Email templates"), self.desk_url("email_templates")), (self.get_page_title(), "")
        )

    @cached_property
    def own(self) -> EmailTemplate | None:
        return self.desk.email_templates.filter(kind=self.kind.name, language=self.language).first()

    def get_form(self, data: Any = None) -> EmailTemplateForm:
        with translation.override(self.language):
            ours = {"subject": str(self.kind.subject), "body": str(self.kind.body)}
        initial = {"subject": self.own.subject, "body": self.own.body} if self.own else ours
        return EmailTemplateForm(data, kind=self.kind, language=self.language, initial=initial)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "form": kwargs.get("form") or self.get_form(),
            "own": self.own,
            "letter": self.preview(),
            "language": self.language,
            "back_url": self.desk_url("email_templates"),
        }

    def preview(self) -> dict[str, Any]:
        """The mail as it is saved, to nobody in particular."""
        nobody = Registration(
            desk=self.desk, name=placeholder_name(self.language), language=self.language, status="confirmed"
        )
        message = Message(kind=self.kind.name, desk=self.desk, registration=nobody, language=self.language, context={})
        letter = compose(message, link="#" if self.kind.link else "")
        return {"subject": letter.subject, "html": letter.html(), "code": self.language}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        here = redirect(self.desk_url("email_template", self.kind.name, self.language))
        if "ours" in request.POST:
            self.desk.email_templates.filter(kind=self.kind.name, language=self.language).delete()
            messages.success(request, _("The default text is in use again."))
            return here
        if "test" in request.POST:
            return self.send_test(here)
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        EmailTemplate.objects.update_or_create(
            desk=self.desk, kind=self.kind.name, language=self.language, defaults=form.cleaned_data
        )
        log("registrations.mail", self.desk, request.user, reworded=self.kind.name, language=self.language)
        messages.success(request, _("The text is saved. It will be used from the next email of this type."))
        return here

    def send_test(self, response: HttpResponse) -> HttpResponse:
        """Sends the mail as it is saved to the user's own address."""
        email = getattr(self.request.user, "email", "")
        if not email:
            messages.warning(self.request, _("Your account has no email address."))
            return response
        outbox.write(self.kind.name, desk=self.desk, recipient=email, language=self.language)
        messages.success(self.request, _("A test email is being sent to %(email)s.") % {"email": email})
        return response
