"""Mails that staff write to registrants: composed, previewed in each language, sent immediately or at a set time."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton
from wagtail.coreutils import get_content_languages

from verkosto.core.users import signed_in_user
from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.forms.mailings import MailingForm
from verkosto.registrations.admin.mail_previews import MailPreview, example_registration, preview_mail
from verkosto.registrations.admin.mailings import recipients, send_mailing
from verkosto.registrations.admin.permissions import DeskPermission
from verkosto.registrations.admin.selection import selected_registrations, selection_of
from verkosto.registrations.admin.views.base import DeskAdminView
from verkosto.registrations.enums import EventStatus, MessageState, RegistrationStatus
from verkosto.registrations.mail.mailings import fill_in, follow_up_recipients, start_follow_up
from verkosto.registrations.models import Mailing, Message, Registration


class MailingsView(DeskAdminView):
    """The mails that staff wrote to a desk's registrants, and those that are sent automatically."""

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

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        mailings = self.desk.mailings.select_related("created_by").annotate(
            sent=Count("messages", filter=Q(messages__state=MessageState.SENT)),
            failed=Count("messages", filter=Q(messages__state=MessageState.FAILED)),
        )
        is_over = self.desk.ends_at is not None and self.desk.ends_at <= timezone.now()
        took_place = is_over and self.desk.status not in (EventStatus.CANCELLED, EventStatus.POSTPONED)
        return {
            **super().get_context_data(**kwargs),
            "mailings": mailings,
            "automatic": self.automatic_mails(),
            "to_thank": follow_up_recipients(self.desk).count() if took_place else 0,
        }

    def automatic_mails(self) -> list[dict[str, object]]:
        """Return the mails that are sent without anybody's doing, each with its time."""
        desk, rows = self.desk, []
        if desk.reminder_hours is not None and desk.starts_at:
            at = desk.starts_at - timedelta(hours=desk.reminder_hours)
            rows.append({"label": _("Reminder to everyone with a place"), "at": at, "sent_at": desk.reminded_at})
        if desk.joining_visible_from:
            label = _("Joining instructions to everyone with a place")
            rows.append({"label": label, "at": desk.joining_visible_from, "sent_at": desk.joining_sent_at})
        return rows


class FollowUpView(DeskAdminView):
    """Preview the mail to the people who attended, and let the worker send it, once to each."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)
    page_title = gettext_lazy("Thank the people who attended")
    header_icon = "mail"
    tab = "mailings"
    template_name = "verkosto_registrations/admin/follow_up.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        recipients = follow_up_recipients(self.desk)
        by_language = recipients.order_by().values_list("language").annotate(Count("pk", distinct=True))
        previews = [self.preview(language, number) for language, number in by_language]
        return {
            **super().get_context_data(**kwargs),
            "previews": previews,
            "number": sum(preview.number for preview in previews),
            "back_url": self.desk_url("mailings"),
        }

    def preview(self, language: str, number: int) -> MailPreview:
        example = example_registration(self.desk, language)
        message = Message(kind="follow_up", desk=self.desk, registration=example, language=language)
        return preview_mail(message, number=number, link="")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        job = start_follow_up(desk=self.desk, user=signed_in_user(request))
        log("registrations.mail", self.desk, request.user, count=job.total, what="follow_up")
        return redirect("verkosto_registrations_admin:job", pk=job.pk)


class ComposeView(DeskAdminView):
    """Write, preview and send a mail. Nothing is stored before it is sent."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)
    page_title = gettext_lazy("Write an email")
    header_icon = "mail"
    tab = "mailings"
    template_name = "verkosto_registrations/admin/compose.html"

    @cached_property
    def selection(self) -> dict[str, list[str]]:
        """The selection made in the list; empty when there is none, and the form asks for the status.

        A search term may be a name, so the people who were found are kept instead of the term.
        """
        if self.request.GET.get("q"):
            found = selected_registrations(self.desk, self.request.user, self.request.GET)
            return {"id": [str(pk) for pk in found.values_list("pk", flat=True)] or ["0"]}
        return selection_of(self.request.GET)

    @cached_property
    def languages(self) -> list[str]:
        """The recipients' languages, the original's first."""
        rows: Any = self.desk.registrations
        if self.selection:
            rows = selected_registrations(self.desk, self.request.user, self.request.GET)
        used = set(rows.filter(purged_at__isnull=True).order_by().values_list("language", flat=True).distinct())
        known = [code for code in get_content_languages() if code in used]
        return sorted(known, key=lambda code: code != self.desk.original_language) or [self.desk.original_language]

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return self.desk_breadcrumbs((_("Email attendees"), self.desk_url("mailings")), (self.get_page_title(), ""))

    def get_form(self, data: Mapping[str, object] | None = None) -> MailingForm:
        initial = {"status": [RegistrationStatus.CONFIRMED]}
        return MailingForm(
            data,
            languages=self.languages,
            has_selection=bool(self.selection),
            zone=self.desk.timezone,
            initial=initial,
        )

    def recipient_selection(self, form: MailingForm) -> dict[str, list[str]]:
        return self.selection or {"status": form.cleaned_data["status"]}

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        form = kwargs.pop("form", None) or self.get_form()
        context = {**super().get_context_data(**kwargs), "form": form, "back_url": self.desk_url("mailings")}
        if self.selection and "number" not in kwargs:
            context["number"] = recipients(self.desk, signed_in_user(self.request), self.selection).count()
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        rows = recipients(self.desk, signed_in_user(request), self.recipient_selection(form))
        number = rows.count()
        if not number:
            form.add_error(None, _("No one in this selection has an email address."))
        if not number or "edit" in request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        if "send" not in request.POST:
            previews = [self.preview(form, language, rows) for language in form.languages]
            context = self.get_context_data(form=form, previews=previews, number=number, is_preview=True)
            return self.render_to_response(context)
        return self.send(form, number)

    def send(self, form: MailingForm, number: int) -> HttpResponse:
        mailing, job = send_mailing(
            desk=self.desk,
            subjects=form.subjects,
            bodies=form.bodies,
            selection=self.recipient_selection(form),
            user=signed_in_user(self.request),
            send_at=form.cleaned_data["send_at"],
        )
        log("registrations.mail", self.desk, self.request.user, mailing=mailing.pk, count=number)
        if job is None:
            messages.success(self.request, _("The email will be sent at the time you set."))
            return redirect(self.desk_url("mailings"))
        return redirect("verkosto_registrations_admin:job", pk=job.pk)

    def preview(self, form: MailingForm, language: str, rows: QuerySet[Registration]) -> MailPreview:
        """Return the mail as one of the recipients in a language will get it."""
        rows = rows.filter(language=language)
        example = rows.first() or example_registration(self.desk, language)
        example.desk = self.desk
        message = Message(
            kind="bulk",
            desk=self.desk,
            registration=example if example.pk else None,
            recipient=example.email,
            language=language,
            context=fill_in(example, subject=form.subjects[language], body=form.bodies[language]),
        )
        return preview_mail(message, number=rows.count())


class WithdrawMailingView(DeskAdminView):
    """Delete a mailing that has not been sent yet."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        mailing = get_object_or_404(Mailing, pk=kwargs["pk"], desk=self.desk)
        if Mailing.objects.filter(pk=mailing.pk, queued_at__isnull=True).delete()[0]:
            messages.success(request, _("The email will not be sent."))
        else:
            messages.warning(request, _("The email has already been sent."))
        return redirect(self.desk_url("mailings"))
