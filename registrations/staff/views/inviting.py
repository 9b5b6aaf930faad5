from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.coreutils import get_content_languages

from ... import invitations
from ...models import Desk, Invitation
from ..audit import log
from ..rights import Right
from .base import DeskView

LARGEST = 1024 * 1024  # bytes of a file of addresses
SHOWN = 50  # lines told of


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


class InvitationsView(DeskView):
    """Who is invited, who has answered; new invitations and reminders."""

    required_rights = (Right.SEE, Right.CHANGE)
    page_title = _("Invitations")
    header_icon = "mail"
    tab = "invitations"
    template_name = "registrations/staff/invitations.html"

    def get_form(self, *args: Any) -> InviteForm:
        return InviteForm(*args, initial={"language": get_language()})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.desk.invitations.select_related("registration").order_by("answered_at", "email")
        log("registrations.list", self.desk, self.request.user, rows=rows.count(), what="invitations")
        open_rows = rows.filter(answered_at__isnull=True, withdrawn_at__isnull=True)
        return {
            **super().get_context_data(**kwargs),
            "form": kwargs.get("form") or self.get_form(),
            "invitations": rows[:2000],
            "number": rows.count(),
            "answered": rows.filter(answered_at__isnull=False).count(),
            "unanswered": open_rows.count(),
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
