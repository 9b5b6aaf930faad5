"""Mails to registrants: composed, looked at in each language, sent at once or at a set time."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.admin.widgets.button import HeaderButton
from wagtail.coreutils import get_content_languages

from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.labels import placeholder_name
from verkosto.registrations.admin.mailings import recipients, send_mailing
from verkosto.registrations.admin.permissions import DeskPermission
from verkosto.registrations.admin.selection import selected_registrations, selection_of
from verkosto.registrations.admin.views.base import DeskAdminView
from verkosto.registrations.enums import RegistrationStatus
from verkosto.registrations.mail.compose import compose
from verkosto.registrations.mail.mailings import (
    PLACEHOLDERS,
    fill_in,
    follow_up_recipients,
    start_follow_up,
    unknown_placeholders,
)
from verkosto.registrations.models import Mailing, Message, Registration


class MailingForm(forms.Form):
    """Subject and text in each language of the recipients."""

    status = forms.MultipleChoiceField(
        label=gettext_lazy("To people with the status"),
        choices=RegistrationStatus.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, languages: list[str], has_selection: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_selection:
            del self.fields["status"]
        self.languages = languages
        names = get_content_languages()
        for language in languages:
            name = {"language": names.get(language, language)}
            self.fields[f"subject_{language}"] = forms.CharField(
                label=_("Subject in %(language)s") % name, max_length=200
            )
            self.fields[f"body_{language}"] = forms.CharField(
                label=_("Text in %(language)s") % name,
                max_length=20000,
                widget=forms.Textarea(attrs={"rows": 8, "lang": language}),
                help_text=_(
                    "The email starts with a greeting and the person’s name. An empty line starts a new paragraph. "
                    "Placeholders filled in for each person: %(placeholders)s."
                )
                % {"placeholders": ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)},
            )
        self.fields["send_at"] = forms.DateTimeField(
            label=_("Send at"),
            required=False,
            widget=AdminDateTimeInput,
            help_text=_(
                "If left empty, the email is sent immediately. Recipients are selected when the email is sent."
            ),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, text in list(cleaned.items()):
            if name.startswith(("subject_", "body_")) and (unknown := unknown_placeholders(text)):
                words = ", ".join(f"{{{each}}}" for each in unknown)
                self.add_error(
                    name, _("The placeholder %(unknown)s is unknown. Check the spelling.") % {"unknown": words}
                )
        if (at := cleaned.get("send_at")) and at < timezone.now():
            self.add_error("send_at", _("This time has passed. Leave the field empty to send immediately."))
        return cleaned

    @property
    def subjects(self) -> dict[str, str]:
        return {language: " ".join(self.cleaned_data[f"subject_{language}"].split()) for language in self.languages}

    @property
    def bodies(self) -> dict[str, str]:
        return {language: self.cleaned_data[f"body_{language}"] for language in self.languages}


class MailingsView(DeskAdminView):
    """What was written to the registrants of a desk, and what is going to be."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)
    page_title = gettext_lazy("Email attendees")
    header_icon = "mail"
    tab = "mailings"
    template_name = "verkosto_registrations/admin/mailings.html"

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [
            HeaderButton(_("Write an email"), url=self.desk_url("mailing_new"), icon_name="plus"),
            HeaderButton(_("Email templates"), url=self.desk_url("email_templates"), icon_name="edit"),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counted = self.desk.mailings.select_related("created_by").annotate(
            sent=Count("messages", filter=Q(messages__state="sent")),
            failed=Count("messages", filter=Q(messages__state="failed")),
        )
        is_over = self.desk.ends_at is not None and self.desk.ends_at <= timezone.now()
        is_held = self.desk.status not in ("cancelled", "postponed")
        return {
            **super().get_context_data(**kwargs),
            "mailings": counted,
            "automatic": self.automatic(),
            "to_thank": follow_up_recipients(self.desk).count() if is_over and is_held else 0,
        }

    def automatic(self) -> list[dict[str, Any]]:
        """The mails that go out by themselves, as the page says."""
        desk, rows = self.desk, []
        if desk.reminder_hours is not None and desk.starts_at:
            at = desk.starts_at - timedelta(hours=desk.reminder_hours)
            rows.append({"label": _("Reminder to everyone with a place"), "at": at, "sent_at": desk.reminded_at})
        if desk.joining_visible_from:
            label = _("Joining instructions to everyone with a place")
            rows.append({"label": label, "at": desk.joining_visible_from, "sent_at": desk.joining_sent_at})
        return rows


class FollowUpView(DeskAdminView):
    """The mail to all who took part: looked at, then sent by the worker, once to each."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)
    page_title = gettext_lazy("Thank the people who attended")
    header_icon = "mail"
    tab = "mailings"
    template_name = "verkosto_registrations/admin/follow_up.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        spoken = (
            follow_up_recipients(self.desk).order_by().values_list("language").annotate(Count("pk", distinct=True))
        )
        names = get_content_languages()
        letters = []
        for language, number in spoken:
            nobody = Registration(desk=self.desk, name=placeholder_name(language), language=language)
            message = Message(kind="follow_up", desk=self.desk, registration=nobody, language=language)
            letter = compose(message)
            name = names.get(language, language)
            mail = {"subject": letter.subject, "html": letter.html()}
            letters.append({"language": name, "code": language, "number": number, **mail})
        return {
            **super().get_context_data(**kwargs),
            "letters": letters,
            "number": sum(letter["number"] for letter in letters),
            "back_url": self.desk_url("mailings"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        job = start_follow_up(desk=self.desk, user=request.user)
        log("registrations.mail", self.desk, request.user, count=job.total, what="follow_up")
        return redirect("verkosto_registrations_admin:job", pk=job.pk)


class ComposeView(DeskAdminView):
    """Compose, preview, send: nothing is stored before it is sent."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)
    page_title = gettext_lazy("Write an email")
    header_icon = "mail"
    tab = "mailings"
    template_name = "verkosto_registrations/admin/compose.html"

    @cached_property
    def selection(self) -> dict[str, list[str]]:
        """The selection made in the list; {} when there is none and the form asks.

        What was matching for may be a name and is not kept: the people who were found are.
        """
        if self.request.GET.get("q"):
            found = selected_registrations(self.desk, self.request.user, self.request.GET)
            return {"id": [str(pk) for pk in found.values_list("pk", flat=True)] or ["0"]}
        return selection_of(self.request.GET)

    @cached_property
    def languages(self) -> list[str]:
        """The recipients' languages, the original's first."""
        rows = (
            selected_registrations(self.desk, self.request.user, self.request.GET)
            if self.selection
            else self.desk.registrations
        )
        spoken = set(rows.filter(purged_at__isnull=True).order_by().values_list("language", flat=True).distinct())
        known = [code for code in get_content_languages() if code in spoken]
        return sorted(known, key=lambda code: code != self.desk.original_language) or [self.desk.original_language]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return self.desk_breadcrumbs((_("Email attendees"), self.desk_url("mailings")), (self.get_page_title(), ""))

    def get_form(self, data: Any = None) -> MailingForm:
        initial = {"status": [RegistrationStatus.CONFIRMED]}
        return MailingForm(data, languages=self.languages, has_selection=bool(self.selection), initial=initial)

    def chosen(self, form: MailingForm) -> dict[str, list[str]]:
        return self.selection or {"status": form.cleaned_data["status"]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or self.get_form()
        context = {**super().get_context_data(**kwargs), "form": form, "back_url": self.desk_url("mailings")}
        if self.selection:
            context["number"] = recipients(self.desk, self.request.user, self.selection).count()
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        rows = recipients(self.desk, request.user, self.chosen(form))
        number = rows.count()
        if not number:
            form.add_error(None, _("No one in this selection has an email address."))
        if not number or "edit" in request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        if "send" not in request.POST:
            previews = [self.preview(form, language, rows) for language in form.languages]
            context = self.get_context_data(form=form, previews=previews, number=number)
            return self.render_to_response({**context, "number": number, "is_preview": True})
        mailing, job = send_mailing(
            desk=self.desk,
            subjects=form.subjects,
            bodies=form.bodies,
            selection=self.chosen(form),
            user=request.user,
            send_at=form.cleaned_data["send_at"],
        )
        log("registrations.mail", self.desk, request.user, mailing=mailing.pk, count=number)
        if job is None:
            messages.success(request, _("The email will be sent at the time you set."))
            return redirect(self.desk_url("mailings"))
        return redirect("verkosto_registrations_admin:job", pk=job.pk)

    def preview(self, form: MailingForm, language: str, rows: Any) -> dict[str, Any]:
        """The mail as one of the recipients in a language would get it."""
        example = rows.filter(language=language).first() or Registration(
            name=placeholder_name(language), language=language
        )
        example.desk = self.desk
        words = fill_in(example, subject=form.subjects[language], body=form.bodies[language])
        message = Message(
            kind="bulk",
            desk=self.desk,
            registration=example if example.pk else None,
            recipient=example.email,
            language=language,
            context=words,
        )
        letter = compose(message, link="#")
        names = get_content_languages()
        return {
            "language": names.get(language, language),
            "code": language,
            "subject": letter.subject,
            "html": letter.html(),
            "number": rows.filter(language=language).count(),
        }


class WithdrawMailingView(DeskAdminView):
    """Takes back a mail whose time has not come."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        mailing = get_object_or_404(Mailing, pk=kwargs["pk"], desk=self.desk)
        if Mailing.objects.filter(pk=mailing.pk, queued_at__isnull=True).delete()[0]:
            messages.success(request, _("The email will not be sent."))
        else:
            messages.warning(request, _("The email has already been sent."))
        return redirect(self.desk_url("mailings"))
