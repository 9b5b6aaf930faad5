"""The texts of automatic mails: the defaults, or the editors' own for one desk and one language."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.coreutils import get_content_languages

from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.forms.email_templates import EmailTemplateForm
from verkosto.registrations.admin.mail_previews import example_context, example_registration, preview_mail
from verkosto.registrations.admin.permissions import DeskPermission
from verkosto.registrations.admin.views.base import DeskAdminView
from verkosto.registrations.mail import outbox
from verkosto.registrations.mail.kinds import mail_kinds
from verkosto.registrations.models import EmailTemplate, Message

# Kinds without a template: the text of each mailing is written for it, and the list of links concerns no desk.
WITHOUT_TEMPLATE = ("bulk", "links")


class EmailTemplateIndexView(DeskAdminView):
    """Every kind of mail of the desk, by language: the default text, or an own one."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)
    page_title = gettext_lazy("Email templates")
    header_icon = "mail"
    tab = "mailings"
    template_name = "verkosto_registrations/admin/email_templates.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        own = set(self.desk.email_templates.values_list("kind", "language"))
        languages = list(get_content_languages().items())
        is_series = bool(self.desk.meetings())
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
            if kind.is_editable and kind.name not in WITHOUT_TEMPLATE and (is_series or not kind.is_for_series)
        ]
        return {**super().get_context_data(**kwargs), "rows": rows, "languages": languages}


class EmailTemplateView(DeskAdminView):
    """Edit the text of one kind of mail in one language, with a preview and a test mail to oneself."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)
    header_icon = "mail"
    tab = "mailings"
    template_name = "verkosto_registrations/admin/email_template.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        kind = mail_kinds().get(kwargs["kind"])
        if kind is None or not kind.is_editable or kind.name in WITHOUT_TEMPLATE:
            raise Http404
        if kwargs["language"] not in get_content_languages():
            raise Http404
        self.kind, self.language = kind, kwargs["language"]

    def get_page_title(self) -> str:
        return f"{self.kind.label} ({get_content_languages()[self.language]})"

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return self.desk_breadcrumbs(
            (_("Email templates"), self.desk_url("email_templates")), (self.get_page_title(), "")
        )

    @cached_property
    def own_template(self) -> EmailTemplate | None:
        return self.desk.email_templates.filter(kind=self.kind.name, language=self.language).first()

    def get_form(self, data: Mapping[str, object] | None = None) -> EmailTemplateForm:
        with translation.override(self.language):
            default = {"subject": str(self.kind.subject), "body": str(self.kind.body)}
        return EmailTemplateForm(data, kind=self.kind, language=self.language, own=self.own_template, initial=default)

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        example = example_registration(self.desk, self.language)
        message = Message(
            kind=self.kind.name,
            desk=self.desk,
            registration=example,
            language=self.language,
            context=example_context(self.desk, self.language),
        )
        return {
            **super().get_context_data(**kwargs),
            "form": kwargs.get("form") or self.get_form(),
            "own_template": self.own_template,
            "preview": preview_mail(message, link="#" if self.kind.link else ""),
            "back_url": self.desk_url("email_templates"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "reset" in request.POST:
            return self.reset()
        if "test" in request.POST:
            return self.send_test()
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        form.save(desk=self.desk, language=self.language)
        log("registrations.mail", self.desk, request.user, template=self.kind.name, language=self.language)
        messages.success(request, _("The text is saved. It will be used from the next email of this type."))
        return self.redirect_here()

    def redirect_here(self) -> HttpResponse:
        return redirect(self.desk_url("email_template", self.kind.name, self.language))

    def reset(self) -> HttpResponse:
        """Delete the own text: the default is used again. A text that somebody has saved meanwhile stays."""
        if self.request.POST.get(EmailTemplateForm.VERSION, "") not in ("", self.get_form().stored_version):
            messages.warning(self.request, _("Somebody else has saved a newer version. Nothing was deleted."))
            return self.redirect_here()
        self.desk.email_templates.filter(kind=self.kind.name, language=self.language).delete()
        messages.success(self.request, _("The default text is in use again."))
        return self.redirect_here()

    def send_test(self) -> HttpResponse:
        """Send the saved mail to the user's own address."""
        email = getattr(self.request.user, "email", "")
        if email:
            context = {**example_context(self.desk, self.language), "is_test": True}
            outbox.write(self.kind.name, desk=self.desk, recipient=email, language=self.language, context=context)
            messages.success(self.request, _("A test email is being sent to %(email)s.") % {"email": email})
        else:
            messages.warning(self.request, _("Your account has no email address."))
        return self.redirect_here()
