from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.coreutils import get_content_languages

from ... import invitations
from ...models import Desk, Invitation, InvitationReminder
from ..audit import log
from ..rights import Right
from .base import DeskView

LARGEST = 1024 * 1024  # bytes of a file of addresses
SHOWN = 50  # lines told of
A_PAGE = 100


class InviteForm(forms.Form):
    """Addresses, pasted or as a CSV."""

    addresses = forms.CharField(
        label=_("Addresses"),
        required=False,
        max_length=LARGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One person on each line: address, name, language (fi, sv, en). The address is enough."),
    )
    file = forms.FileField(label=_("Or a CSV file"), required=False)
    language = forms.ChoiceField(label=_("Language of those whose line has none"))
    leave_out = forms.BooleanField(label=_("Leave out the lines that are not understood"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = list(get_content_languages().items())  # type: ignore[attr-defined]

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is too large: at most one megabyte."))
        data = file.read()
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            # What a spreadsheet program of an older day writes; it decodes anything.
            return data.decode("latin-1")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.text = f"{cleaned.get('addresses', '')}\n{cleaned.get('file') or ''}".strip().replace("\0", "")
        self.guests, wrong = invitations.read_guests(self.text)
        if wrong and not cleaned.get("leave_out"):
            self.add_error("addresses", [wrong_line(number, line) for number, line in wrong[:SHOWN]])
        elif not self.guests and not self.errors:
            self.add_error("addresses", _("Give at least one address."))
        if len(self.guests) > invitations.MOST:
            self.add_error("addresses", _("At most %(n)s addresses at once.") % {"n": invitations.MOST})
        return cleaned

    def to_mend(self) -> "InviteForm":
        """The form with the lines of its file in the field, where they can be mended. A file cannot be given back."""
        given = {**self.data.dict(), "addresses": self.text}  # type: ignore[attr-defined]  # a QueryDict
        again = type(self)(given)
        again.full_clean()
        return again


def wrong_line(number: int, line: str) -> str:
    """What is said of a line without an address."""
    return gettext("Line %(number)s has no valid address: %(line)s") % {"number": number, "line": line}


class ReminderForm(forms.ModelForm):
    """How many days before the registration closes those who have not answered are reminded."""

    class Meta:
        model = InvitationReminder
        fields = ["days"]

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, instance=InvitationReminder(desk=desk), **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.instance.days = cleaned.get("days") or 0
        if "days" in cleaned and (self.instance.at is None or self.instance.at <= timezone.now()):
            self.add_error("days", _("That day is past, or nobody knows yet when the registration closes."))
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        # The desk is no field of the form, and part of what must be unique.
        return super()._get_validation_exclusions() - {"desk"}


class InvitationsView(DeskView):
    """Who is invited, who has answered; new invitations and reminders."""

    required_rights = (Right.SEE, Right.CHANGE)
    page_title = _("Invitations")
    header_icon = "mail"
    tab = "invitations"
    template_name = "registrations/staff/invitations.html"
    states = {"answered": _("Answered"), "unanswered": _("No answer yet"), "withdrawn": _("Withdrawn")}

    def get_form(self, *args: Any) -> InviteForm:
        return InviteForm(*args, initial={"language": get_language()})

    @property
    def state(self) -> str:
        state = self.request.GET.get("state", "")
        return state if state in self.states else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        everybody = self.desk.invitations.select_related("registration").order_by("answered_at", "email")
        rows = getattr(everybody, self.state)() if self.state else everybody
        words = self.request.GET.get("q", "")
        page = Paginator(rows.searched(words), A_PAGE).get_page(self.request.GET.get("p"))
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
            "needs_invitation": self.desk.eligibility == Desk.Eligibility.INVITED,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form.to_mend()))
        language = form.cleaned_data["language"]
        number, job = invitations.invite_later(
            desk=self.desk, guests=form.guests, language=language, user=request.user
        )
        log("registrations.invite", self.desk, request.user, count=number)
        words = ngettext("%(n)s person is invited.", "%(n)s people are invited.", number) % {"n": number}
        messages.success(request, words)
        if known := len(form.guests) - number:
            told = ngettext("%(n)s had been invited before.", "%(n)s had been invited before.", known)
            messages.warning(request, told % {"n": known})
        return redirect("registrations_staff:job", pk=job.pk) if job else redirect(self.desk_url("invitations"))


class RemindView(DeskView):
    """A reminder to everybody who has not answered."""

    required_rights = (Right.SEE, Right.CHANGE)
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        number, job = invitations.remind_later(desk=self.desk, user=request.user)
        log("registrations.invite", self.desk, request.user, count=number, what="reminder")
        words = ngettext("%(n)s person is reminded.", "%(n)s people are reminded.", number)
        if job:
            return redirect("registrations_staff:job", pk=job.pk)
        messages.success(request, words % {"n": number})
        return redirect(self.desk_url("invitations"))


class PlanReminderView(InvitationsView):
    """A reminder for a day to come."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ReminderForm(request.POST, desk=self.desk)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(reminder_form=form))
        form.save()
        messages.success(request, gettext("The reminder goes out by itself on its day."))
        return redirect(self.desk_url("invitations"))


class UnplanReminderView(DeskView):
    """Takes back a reminder that has not gone out."""

    required_rights = (Right.SEE, Right.CHANGE)
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.desk.invitation_reminders.filter(pk=kwargs["pk"], sent_at__isnull=True).delete()[0]:
            messages.success(request, gettext("The reminder is not going to be sent."))
        return redirect(self.desk_url("invitations"))


class WithdrawView(DeskView):
    """Withdraws an invitation, or takes the withdrawal back."""

    required_rights = (Right.SEE, Right.CHANGE)
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        invitation = get_object_or_404(Invitation, pk=kwargs["pk"], desk=self.desk)
        if invitation.withdrawn_at:
            invitations.restore(invitation=invitation)
            messages.success(request, gettext("The invitation is valid again, and a new code is on its way."))
        elif invitations.withdraw(invitation=invitation):
            messages.success(request, gettext("The invitation is withdrawn."))
        else:
            messages.warning(request, gettext("The invitation has been answered already."))
        log("registrations.invite", self.desk, request.user, what="withdraw")
        return redirect(self.desk_url("invitations"))
