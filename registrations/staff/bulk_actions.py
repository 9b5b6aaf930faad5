"""What staff do with many registrations at once, as Wagtail's bulk actions."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction

from .. import attendance, changes
from ..exceptions import Refusal
from ..models import Desk, Registration
from .audit import log
from .forms import ReasonForm
from .rights import Right, desks_for
from .selection import selected

Status = Registration.Status
SHOWN = 20


class RegistrationBulkAction(BulkAction):
    """Takes one step with every selected registration that allows it; the others are counted and left alone."""

    models = [Registration]
    template_name = "registrations/staff/bulk_action.html"
    question: Any = ""
    button: Any = ""
    is_serious = False
    statuses: tuple[str, ...] = ()

    @cached_property
    def desk(self) -> Desk:
        """The desk of the selection; only one whose registrations the user may change."""
        desks = desks_for(self.request.user, Right.CHANGE)
        ids = [value for value in self.request.GET.getlist("id") if value.isdigit()]
        parent = self.request.GET.get("childOf", "")
        if ids:
            desk = desks.filter(registrations__pk__in=ids).first()
        else:
            desk = desks.filter(pk=parent).first() if parent.isdigit() else None
        if desk is None:
            raise Http404
        return desk

    @cached_property
    def fitting(self) -> tuple[list[Registration], int]:
        """The selected registrations to which the step applies, and the number of the others."""
        rows = list(selected(self.desk, self.request.user, self.request.GET).select_related("desk"))
        objects = [row for row in rows if row.status in self.statuses]
        return objects, len(rows) - len(objects)

    def get_actionable_objects(self) -> tuple[list[Registration], dict[str, Any]]:
        return self.fitting[0], {"items_with_no_access": []}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        objects, others = self.fitting
        return {
            **super().get_context_data(**kwargs),
            "desk": self.desk,
            "number": len(objects),
            "others": others,
            "shown": objects[:SHOWN],
            "more": max(0, len(objects) - SHOWN),
            "question": self.question,
            "button": self.button,
            "is_serious": self.is_serious,
            "title": self.display_name,
        }

    def get_execution_context(self) -> dict[str, Any]:
        return {"action": self}

    @classmethod
    def execute_action(cls, objects: list[Registration], action: Any = None, **kwargs: Any) -> tuple[int, int]:
        done = refused = 0
        for registration in objects:
            try:
                action.act(registration)
                done += 1
            except Refusal:
                refused += 1
        log("registrations.change", action.desk, action.request.user, what=cls.action_type, count=done)
        if refused:
            words = ngettext(
                "%(count)s registration was left as it was: there is no room for it.",
                "%(count)s registrations were left as they were: there is no room for them.",
                refused,
            )
            messages.warning(action.request, words % {"count": refused})
        return done, 0

    def act(self, registration: Registration) -> None:
        """Takes the step with one registration. Raises a Refusal where it does not go."""
        raise NotImplementedError

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        words = ngettext("Done for %(count)s registration.", "Done for %(count)s registrations.", num_parent_objects)
        return words % {"count": num_parent_objects}


class ApproveAction(RegistrationBulkAction):
    display_name = _("Approve")
    aria_label = _("Approve the selected registrations")
    action_type = "approve"
    action_priority = 10
    question = _("Approve these registrations? They get a place as far as there are places, then a place in line.")
    button = _("Yes, approve")
    statuses = (Status.AWAITING_APPROVAL, Status.DECLINED)

    def act(self, registration: Registration) -> None:
        changes.approve(registration=registration, user=self.request.user)


class DeclineAction(RegistrationBulkAction):
    display_name = _("Decline")
    aria_label = _("Decline the selected registrations")
    action_type = "decline"
    action_priority = 20
    question = _("Decline these registrations? Everybody is told by mail.")
    button = _("Yes, decline")
    is_serious = True
    form_class = ReasonForm
    statuses = (Status.AWAITING_APPROVAL,)

    def act(self, registration: Registration) -> None:
        reason = self.cleaned_form.cleaned_data["reason"]
        changes.decline(registration=registration, reason=reason, user=self.request.user)


class CancelAction(RegistrationBulkAction):
    display_name = _("Cancel")
    aria_label = _("Cancel the selected registrations")
    action_type = "cancel"
    action_priority = 50
    question = _("Cancel these registrations? Everybody is told by mail, and the places go to the next in line.")
    button = _("Yes, cancel the registrations")
    is_serious = True
    classes = {"serious"}
    form_class = ReasonForm
    statuses = (Status.AWAITING_CONFIRMATION, Status.AWAITING_APPROVAL, Status.CONFIRMED, Status.WAITING)

    def act(self, registration: Registration) -> None:
        reason = self.cleaned_form.cleaned_data["reason"]
        changes.cancel(registration=registration, reason=reason, user=self.request.user)


class AttendedAction(RegistrationBulkAction):
    display_name = _("Attended")
    aria_label = _("Record that the selected people attended")
    action_type = "attended"
    action_priority = 30
    question = _("Record that these people attended?")
    button = _("Yes, they attended")
    statuses = (Status.CONFIRMED,)
    attendance = Registration.Attendance.ATTENDED

    def act(self, registration: Registration) -> None:
        attendance.record_attendance(registration=registration, attendance=self.attendance, user=self.request.user)


class AbsentAction(AttendedAction):
    display_name = _("Absent")
    aria_label = _("Record that the selected people did not come")
    action_type = "absent"
    action_priority = 31
    question = _("Record that these people did not come?")
    button = _("Yes, they were absent")
    attendance = Registration.Attendance.ABSENT


class MailAction(RegistrationBulkAction):
    """Leads on to the mail's own page with the selection."""

    display_name = _("Write to")
    aria_label = _("Write to the selected people")
    action_type = "mail"
    action_priority = 40

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        query = request.GET.copy()
        for name in ("next", "childOf"):
            query.pop(name, None)
        if query.getlist("id") == ["all"]:
            query.pop("id")
        return redirect(reverse("registrations_staff:mailing_new", args=[self.desk.pk]) + f"?{query.urlencode()}")


ACTIONS = [ApproveAction, DeclineAction, AttendedAction, AbsentAction, MailAction, CancelAction]
