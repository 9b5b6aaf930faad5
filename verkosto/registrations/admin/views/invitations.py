from collections import Counter
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from verkosto.core.users import signed_in_user
from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.forms.invitations import InviteForm, ReminderForm
from verkosto.registrations.admin.mail_previews import MailPreview, example_context, example_registration, preview_mail
from verkosto.registrations.admin.permissions import DeskPermission
from verkosto.registrations.admin.views.base import DeskAdminView
from verkosto.registrations.domain import invitations
from verkosto.registrations.enums import Eligibility
from verkosto.registrations.models import Desk, Invitation, Message

PER_PAGE = 100
PREVIEW_TEMPLATE = "verkosto_registrations/admin/invite_preview.html"


class InvitationsView(DeskAdminView):
    """A desk's invitations and their answers; invite people, and schedule reminders."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)
    page_title = _("Invitations")
    header_icon = "mail"
    tab = "invitations"
    template_name = "verkosto_registrations/admin/invitations.html"
    states = {
        "answered": _("Answered"),
        "declined": _("Cannot come"),
        "unanswered": _("No answer yet"),
        "withdrawn": _("Withdrawn"),
    }

    def get_form(self, *args: Any) -> InviteForm:
        return InviteForm(*args, initial={"language": get_language()})

    @property
    def state(self) -> str:
        state = self.request.GET.get("state", "")
        return state if state in self.states else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        invited = self.desk.invitations.select_related("registration").order_by(
            F("answered_at").asc(nulls_first=True), "email"
        )
        rows = getattr(invited, self.state)() if self.state else invited
        query = self.request.GET.get("q", "")
        page = Paginator(rows.matching(query), PER_PAGE).get_page(self.request.GET.get("p"))
        log("registrations.list", self.desk, self.request.user, rows=len(page), what="invitations")
        numbers = {state: getattr(invited, state)().count() for state in self.states}
        return {
            **super().get_context_data(**kwargs),
            "form": kwargs.get("form") or self.get_form(),
            "reminder_form": kwargs.get("reminder_form") or ReminderForm(desk=self.desk),
            "reminders": self.desk.invitation_reminders.select_related("desk"),
            "page": page,
            "query": query,
            "state": self.state,
            "states": [(state, label, numbers[state]) for state, label in self.states.items()],
            "number": invited.count(),
            "answered": numbers["answered"],
            "unanswered": numbers["unanswered"],
            "needs_invitation": self.desk.eligibility == Eligibility.INVITED,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form.with_file_as_text()))
        if "send" not in request.POST:
            form = form.with_file_as_text()
            return (
                self.render_to_response(self.get_context_data(form=form)) if "edit" in request.POST else self.ask(form)
            )
        language = form.cleaned_data["language"]
        number, job = invitations.invite_later(
            desk=self.desk, invitees=form.invitees, language=language, user=signed_in_user(request)
        )
        log("registrations.invite", self.desk, request.user, count=number)
        text = ngettext("%(n)s person has been invited.", "%(n)s people have been invited.", number) % {"n": number}
        messages.success(request, text)
        if known := len(form.invitees) - number:
            text = ngettext("%(n)s had already been invited.", "%(n)s had already been invited.", known)
            messages.warning(request, text % {"n": known})
        if job:
            return redirect("verkosto_registrations_admin:job", pk=job.pk)
        return redirect(self.desk_url("invitations"))

    def ask(self, form: InviteForm) -> HttpResponse:
        """Show the invitations in each language, and how many people get one, before they are sent."""
        new = invitations.without_invitation(self.desk, form.invitees)
        languages = [invitee.language or form.cleaned_data["language"] for invitee in new]
        context = {
            **DeskAdminView.get_context_data(self),
            "form": form,
            "number": len(new),
            "known": len(form.invitees) - len(new),
            "previews": previews_to_invited(self.desk, "invitation", languages),
            "back_url": self.desk_url("invitations"),
        }
        return TemplateResponse(self.request, PREVIEW_TEMPLATE, context)


def previews_to_invited(desk: Desk, kind: str, languages: list[str]) -> list[MailPreview]:
    """Return the email to invited people in each of their languages; ``languages`` has one for each person."""
    return [
        preview_mail(
            Message(
                kind=kind,
                desk=desk,
                language=language,
                context={**example_context(desk, language), "name": example_registration(desk, language).name},
            ),
            number=number,
        )
        for language, number in Counter(languages).items()
    ]


class SendRemindersView(DeskAdminView):
    """Show the reminder to everybody who has not answered, and send it."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)
    page_title = _("Remind people")
    header_icon = "mail"
    tab = "invitations"
    template_name = PREVIEW_TEMPLATE

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        languages = list(self.desk.invitations.unanswered().not_registered().values_list("language", flat=True))
        return {
            **super().get_context_data(**kwargs),
            "number": len(languages),
            "previews": previews_to_invited(self.desk, "invitation_reminder", languages),
            "back_url": self.desk_url("invitations"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        number, job = invitations.remind_later(desk=self.desk, user=signed_in_user(request))
        log("registrations.invite", self.desk, request.user, count=number, what="reminder")
        text = ngettext("A reminder is sent to %(n)s person.", "A reminder is sent to %(n)s people.", number)
        if job:
            return redirect("verkosto_registrations_admin:job", pk=job.pk)
        messages.success(request, text % {"n": number})
        return redirect(self.desk_url("invitations"))


class ScheduleReminderView(InvitationsView):
    """Schedule a reminder for a later day."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ReminderForm(request.POST, desk=self.desk)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(reminder_form=form))
        form.save()
        messages.success(request, gettext("The reminder is sent automatically on the chosen day."))
        return redirect(self.desk_url("invitations"))


class CancelReminderView(DeskAdminView):
    """Delete a scheduled reminder that has not been sent."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.desk.invitation_reminders.filter(pk=kwargs["pk"], sent_at__isnull=True).delete()[0]:
            messages.success(request, gettext("The reminder will not be sent."))
        return redirect(self.desk_url("invitations"))


class WithdrawInvitationView(DeskAdminView):
    """Withdraw an invitation, or restore one that is withdrawn."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        invitation = get_object_or_404(Invitation, pk=kwargs["pk"], desk=self.desk)
        if invitation.withdrawn_at:
            invitations.restore(invitation=invitation)
            messages.success(request, gettext("The invitation is valid again. A new code is being sent."))
        elif invitations.withdraw(invitation=invitation):
            messages.success(request, gettext("The invitation has been withdrawn."))
        else:
            messages.warning(request, gettext("The invitation has already been answered."))
        log("registrations.invite", self.desk, request.user, what="withdraw")
        return redirect(self.desk_url("invitations"))
