from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.coreutils import get_content_languages

from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.permissions import DeskPermission
from verkosto.registrations.admin.views.base import DeskAdminView
from verkosto.registrations.domain import invitations
from verkosto.registrations.domain.address_lists import MOST, SHOWN, AddressesForm, wrong_line
from verkosto.registrations.enums import Eligibility
from verkosto.registrations.models import Desk, Invitation, InvitationReminder

PER_PAGE = 100


class InviteForm(AddressesForm):
    """Who is invited, and in which language."""

    language = forms.ChoiceField(label=_("Language for lines without a language"))
    leave_out = forms.BooleanField(label=_("Skip invalid rows"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = list(get_content_languages().items())  # type: ignore[attr-defined]
        self.fields["addresses"].help_text = _(
            "One person per line: address, name, language (fi, sv, en). The address alone is enough."
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.guests, wrong = invitations.read_guests(self.text)
        if wrong and not cleaned.get("leave_out"):
            self.add_error("addresses", [wrong_line(number, row) for number, row in wrong[:SHOWN]])
        elif not self.guests and not self.errors:
            self.add_error("addresses", _("Give at least one address."))
        if len(self.guests) > MOST:
            self.add_error("addresses", _("At most %(n)s addresses at a time.") % {"n": MOST})
        return cleaned


class ReminderForm(forms.Form):
    """How many days before the registration closes those who have not answered are reminded."""

    days = forms.IntegerField(label=_("Days before the registration closes"), min_value=0, max_value=365)

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.desk = desk

    def clean_days(self) -> int:
        days: int = self.cleaned_data["days"]
        at = InvitationReminder(desk=self.desk, days=days).at
        if at is None or at <= timezone.now():
            raise forms.ValidationError(
                _("That day has passed, or the closing date of registration is not known yet.")
            )
        if self.desk.invitation_reminders.filter(days=days).exists():
            raise forms.ValidationError(_("There is already a reminder for this day."))
        return days


class InvitationsView(DeskAdminView):
    """Who is invited, who has answered; new invitations and reminders."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)
    page_title = _("Invitations")
    header_icon = "mail"
    tab = "invitations"
    template_name = "verkosto_registrations/admin/invitations.html"
    states = {"answered": _("Answered"), "unanswered": _("No answer yet"), "withdrawn": _("Withdrawn")}

    def get_form(self, *args: Any) -> InviteForm:
        return InviteForm(*args, initial={"language": get_language()})

    @property
    def state(self) -> str:
        state = self.request.GET.get("state", "")
        return state if state in self.states else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        everybody = self.desk.invitations.select_related("registration").order_by(
            F("answered_at").asc(nulls_first=True), "email"
        )
        rows = getattr(everybody, self.state)() if self.state else everybody
        words = self.request.GET.get("q", "")
        page = Paginator(rows.matching(words), PER_PAGE).get_page(self.request.GET.get("p"))
        log("registrations.list", self.desk, self.request.user, rows=len(page), what="invitations")
        numbers = {state: getattr(everybody, state)().count() for state in self.states}
        return {
            **super().get_context_data(**kwargs),
            "form": kwargs.get("form") or self.get_form(),
            "reminder_form": kwargs.get("reminder_form") or ReminderForm(desk=self.desk),
            "reminders": self.desk.invitation_reminders.select_related("desk"),
            "page": page,
            "words": words,
            "state": self.state,
            "states": [(state, label, numbers[state]) for state, label in self.states.items()],
            "number": everybody.count(),
            "answered": numbers["answered"],
            "unanswered": numbers["unanswered"],
            "needs_invitation": self.desk.eligibility == Eligibility.INVITED,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form.with_its_lines()))
        language = form.cleaned_data["language"]
        number, job = invitations.invite_later(
            desk=self.desk, guests=form.guests, language=language, user=request.user
        )
        log("registrations.invite", self.desk, request.user, count=number)
        words = ngettext("%(n)s person has been invited.", "%(n)s people have been invited.", number) % {"n": number}
        messages.success(request, words)
        if known := len(form.guests) - number:
            told = ngettext("%(n)s had already been invited.", "%(n)s had already been invited.", known)
            messages.warning(request, told % {"n": known})
        return (
            redirect("verkosto_registrations_admin:job", pk=job.pk) if job else redirect(self.desk_url("invitations"))
        )


class SendRemindersView(DeskAdminView):
    """A reminder to everybody who has not answered."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        number, job = invitations.remind_later(desk=self.desk, user=request.user)
        log("registrations.invite", self.desk, request.user, count=number, what="reminder")
        words = ngettext("A reminder is sent to %(n)s person.", "A reminder is sent to %(n)s people.", number)
        if job:
            return redirect("verkosto_registrations_admin:job", pk=job.pk)
        messages.success(request, words % {"n": number})
        return redirect(self.desk_url("invitations"))


class ScheduleReminderView(InvitationsView):
    """A reminder for a day to come."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ReminderForm(request.POST, desk=self.desk)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(reminder_form=form))
        InvitationReminder.objects.get_or_create(desk=self.desk, days=form.cleaned_data["days"])
        messages.success(request, gettext("The reminder is sent automatically on the chosen day."))
        return redirect(self.desk_url("invitations"))


class CancelReminderView(DeskAdminView):
    """Takes back a reminder that has not gone out."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.desk.invitation_reminders.filter(pk=kwargs["pk"], sent_at__isnull=True).delete()[0]:
            messages.success(request, gettext("The reminder will not be sent."))
        return redirect(self.desk_url("invitations"))


class WithdrawInvitationView(DeskAdminView):
    """Withdraws an invitation, or takes the withdrawal back."""

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
