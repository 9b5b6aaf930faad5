"""Actions on one registration. Each has a page that asks for confirmation, and a POST that performs it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from verkosto.core.users import signed_in_user
from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.forms.actions import MoveForm, ReasonForm
from verkosto.registrations.admin.labels import refusal_message
from verkosto.registrations.admin.permissions import DeskPermission, desks_for
from verkosto.registrations.admin.views.base import DeskAdminView
from verkosto.registrations.admin.views.registration_detail import RegistrationViewMixin
from verkosto.registrations.domain import lifecycle, waiting_list
from verkosto.registrations.domain.transitions import STATUS_MAIL
from verkosto.registrations.enums import ErasureCause, RegistrationStatus
from verkosto.registrations.exceptions import Refusal
from verkosto.registrations.mail import outbox
from verkosto.registrations.privacy import erasure

Status = RegistrationStatus
# The mail that says where a registration stands, also when it has ended.
RESENT_MAIL = {
    **STATUS_MAIL,
    Status.DECLINED: "declined",
    Status.CANCELLED: "cancelled",
    Status.EXPIRED: "not_confirmed",
}


class RegistrationActionView(RegistrationViewMixin, DeskAdminView):
    """Ask whether to perform an action, and perform it."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)
    template_name = "verkosto_registrations/admin/action.html"
    tab = "list"
    form_class: type[forms.Form] = forms.Form
    question: str | Promise = ""
    button: str | Promise = ""
    is_destructive = False
    audit_action = ""

    def get_page_title(self) -> str:
        return str(self.page_title)

    def get_question(self) -> str:
        return str(self.question) % {"name": self.registration}

    def get_form(self, data: Mapping[str, object] | None = None) -> forms.Form:
        return self.form_class(data)

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        return {
            **super().get_context_data(**kwargs),
            "registration": self.registration,
            "form": kwargs.get("form") or self.get_form(),
            "question": self.get_question(),
            "button": self.button,
            "is_destructive": self.is_destructive,
            "back_url": self.registration_url,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            text, undo = self.perform(**form.cleaned_data)
        except Refusal as refusal:
            messages.error(request, refusal_message(refusal))
            return redirect(self.registration_url)
        log("registrations.change", self.registration, request.user, what=self.audit_action)
        messages.success(request, text, buttons=[messages.button(url, label) for label, url in undo])
        return redirect(self.get_success_url())

    def get_success_url(self) -> str:
        return self.registration_url

    def perform(self, **cleaned: Any) -> tuple[str, list[tuple[str, str]]]:
        """Perform the action. Return the message for the staff, and (label, url) of the actions that undo it."""
        raise NotImplementedError

    def undo(self, label: str, name: str) -> list[tuple[str, str]]:
        return [(label, self.desk_url(name, self.registration.pk))]


class ApproveView(RegistrationActionView):
    page_title = gettext_lazy("Approve")
    question = gettext_lazy(
        "Approve the registration of %(name)s? They are notified by email whether they have a place."
    )
    button = gettext_lazy("Yes, approve")
    audit_action = "approved"

    def perform(self, **cleaned: Any) -> tuple[str, list[tuple[str, str]]]:
        registration = lifecycle.approve(registration=self.registration, user=signed_in_user(self.request))
        if registration.status == Status.WAITING:
            text = _("%(name)s is approved and on the waiting list: all places are taken.")
        else:
            text = _("%(name)s is approved and has a place.")
        return text % {"name": registration}, self.undo(_("Decline anyway"), "decline")


class DeclineView(RegistrationActionView):
    page_title = gettext_lazy("Decline")
    question = gettext_lazy("Decline the registration of %(name)s? They are notified by email.")
    button = gettext_lazy("Yes, decline")
    form_class = ReasonForm
    is_destructive = True
    audit_action = "declined"

    def perform(self, **cleaned: Any) -> tuple[str, list[tuple[str, str]]]:
        lifecycle.decline(registration=self.registration, reason=cleaned["reason"], user=signed_in_user(self.request))
        return _("The registration of %(name)s has been declined.") % {"name": self.registration}, self.undo(
            _("Approve anyway"), "approve"
        )


class CancelView(RegistrationActionView):
    page_title = gettext_lazy("Cancel the registration")
    question = gettext_lazy(
        "Cancel the registration of %(name)s? They are notified by email, and the place goes to the next "
        "person on the waiting list."
    )
    button = gettext_lazy("Yes, cancel the registration")
    form_class = ReasonForm
    is_destructive = True
    audit_action = "cancelled"

    def perform(self, **cleaned: Any) -> tuple[str, list[tuple[str, str]]]:
        lifecycle.cancel(registration=self.registration, reason=cleaned["reason"], user=signed_in_user(self.request))
        text = _("The registration of %(name)s has been cancelled.") % {"name": self.registration}
        return text, self.undo(_("Register again"), "rejoin")


class GivePlaceView(RegistrationActionView):
    """Give a place to somebody on the waiting list, also where nobody moves up by itself."""

    page_title = gettext_lazy("Give a place")
    question = gettext_lazy(
        "Give %(name)s a place now, before others on the waiting list? They are notified by email."
    )
    button = gettext_lazy("Yes, give a place")
    audit_action = "given a place"

    def perform(self, **cleaned: Any) -> tuple[str, list[tuple[str, str]]]:
        lifecycle.give_place(registration=self.registration, user=signed_in_user(self.request))
        return _("%(name)s has a place.") % {"name": self.registration}, self.undo(
            _("Cancel the registration"), "cancel"
        )


class KeepPlacesView(RegistrationActionView):
    """Keep the places that come free for a group on the waiting list, or no longer."""

    page_title = gettext_lazy("Keep free places")
    question = gettext_lazy(
        "Keep the places that come free for %(name)s until there are enough for the whole group? Nobody behind them on "
        "the waiting list gets a place before that, and new registrations join the waiting list."
    )
    button = gettext_lazy("Yes, keep the places")
    audit_action = "places kept"

    def perform(self, **cleaned: Any) -> tuple[str, list[tuple[str, str]]]:
        waiting_list.keep_places(registration=self.registration, user=signed_in_user(self.request))
        text = _("Places that come free are kept for %(name)s.") % {"name": self.registration}
        return text, self.undo(_("Do not keep them"), "release_places")


class ReleasePlacesView(RegistrationActionView):
    page_title = gettext_lazy("No longer keep free places")
    question = gettext_lazy(
        "No longer keep free places for %(name)s? They go to the first on the waiting list whom they fit."
    )
    button = gettext_lazy("Yes, give them to others")
    audit_action = "places not kept"

    def perform(self, **cleaned: Any) -> tuple[str, list[tuple[str, str]]]:
        waiting_list.keep_places(registration=self.registration, keep=False, user=signed_in_user(self.request))
        text = _("Free places are no longer kept for %(name)s.") % {"name": self.registration}
        return text, self.undo(_("Keep free places"), "keep_places")


class RejoinView(RegistrationActionView):
    page_title = gettext_lazy("Register again")
    question = gettext_lazy("Register %(name)s again? They get a place if one is available, or join the waiting list.")
    button = gettext_lazy("Yes, register again")
    audit_action = "rejoined"

    def perform(self, **cleaned: Any) -> tuple[str, list[tuple[str, str]]]:
        registration = lifecycle.rejoin(registration=self.registration, user=signed_in_user(self.request))
        if registration.status == Status.WAITING:
            text = _("%(name)s is on the waiting list.")
        else:
            text = _("%(name)s is registered again.")
        return text % {"name": registration}, self.undo(_("Cancel the registration"), "cancel")


class MoveView(RegistrationActionView):
    page_title = gettext_lazy("Move to another event")
    question = gettext_lazy(
        "Move %(name)s? The other event must have a free place. They are notified by email, and their place "
        "here goes to the next person on the waiting list."
    )
    button = gettext_lazy("Move")
    audit_action = "moved"

    def get_form(self, data: Mapping[str, object] | None = None) -> MoveForm:
        desks = desks_for(self.request.user, DeskPermission.CHANGE).exclude(pk=self.desk.pk).filter(has_page=True)
        return MoveForm(data, desks=desks)

    def perform(self, **cleaned: Any) -> tuple[str, list[tuple[str, str]]]:
        self.registration = lifecycle.move(
            registration=self.registration, to=cleaned["to"], user=signed_in_user(self.request)
        )
        self.desk = cleaned["to"]
        text = _("%(name)s has been moved to %(event)s.") % {"name": self.registration, "event": self.desk}
        return text, self.undo(_("Move back"), "move")


class ResendView(RegistrationActionView):
    """Send the mail that fits the registration's status again, with a new personal link."""

    page_title = gettext_lazy("Send the confirmation again")
    question = gettext_lazy("Send %(name)s an email with the status of their registration and a new personal link?")
    button = gettext_lazy("Send")
    audit_action = "resent"

    def perform(self, **cleaned: Any) -> tuple[str, list[tuple[str, str]]]:
        kind = "offered" if self.registration.has_offer else RESENT_MAIL[Status(self.registration.status)]
        if outbox.write(kind, registration=self.registration) is None:
            return _("Nothing was sent: the registration has no address."), []
        return _("The email to %(name)s is being sent.") % {"name": self.registration}, []


class EraseView(RegistrationActionView):
    required_permissions = (DeskPermission.SEE, DeskPermission.ERASE)
    page_title = gettext_lazy("Erase")
    question = gettext_lazy(
        "Erase all data about %(name)s here: answers, files, messages, notes and history? The place goes to "
        "the next person on the waiting list. Statistics are kept. This cannot be undone."
    )
    button = gettext_lazy("Erase permanently")
    is_destructive = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        log("registrations.erase", self.registration, request.user)
        erasure.erase(registration=self.registration, cause=ErasureCause.BY_STAFF, user=signed_in_user(request))
        messages.success(request, _("The person’s data has been erased."))
        return redirect(self.desk_url("registrations"))
