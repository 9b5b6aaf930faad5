"""The bulk actions on registrations, as Wagtail's bulk action views."""

from collections.abc import Mapping
from typing import Any, NotRequired, TypedDict

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction

from verkosto.core.jobs import engine
from verkosto.core.row_ids import row_ids
from verkosto.core.users import signed_in_user
from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.bulk_actions import BulkAction as RegistrationAction
from verkosto.registrations.admin.bulk_actions import bulk_actions, start_bulk_action
from verkosto.registrations.admin.forms.actions import MoveForm, ReasonForm
from verkosto.registrations.admin.forms.meetings import MeetingForm
from verkosto.registrations.admin.permissions import DeskPermission, desks_for
from verkosto.registrations.admin.selection import selected_registrations
from verkosto.registrations.domain.chosen_meeting import chosen_meeting, meeting_options
from verkosto.registrations.exceptions import Refusal
from verkosto.registrations.models import Desk, Registration
from verkosto.registrations.models.querysets import RegistrationQuerySet


class ActionArguments(TypedDict):
    """What the form of a bulk action gives to it."""

    reason: str
    to: Desk | None
    # Only at a series.
    meeting: NotRequired[str]


class RegistrationBulkAction(BulkAction):
    """Apply one action to each selected registration whose status allows it; the others are counted and not changed.

    The worker does it when there are more than ``INLINE_LIMIT``.
    """

    models = [Registration]
    template_name = "verkosto_registrations/admin/bulk_action.html"
    question: str | Promise = ""
    button: str | Promise = ""
    is_destructive = False

    @cached_property
    def desk(self) -> Desk:
        """The desk of the selection. The user may change its registrations."""
        desks = desks_for(self.request.user, DeskPermission.CHANGE)
        ids = row_ids(self.request.GET.getlist("id"))
        parent = self.request.GET.get("childOf", "")
        if ids:
            desk = desks.filter(registrations__pk__in=ids).first()
        else:
            desk = desks.filter(pk=parent).first() if parent.isdecimal() else None
        if desk is None:
            raise Http404
        return desk

    @property
    def action_definition(self) -> RegistrationAction:
        return bulk_actions()[self.action_type]

    @cached_property
    def selection(self) -> RegistrationQuerySet:
        return selected_registrations(self.desk, self.request.user, self.request.GET)  # type: ignore[return-value]  # of Registration.objects

    @cached_property
    def applicable(self) -> RegistrationQuerySet:
        """The selected registrations to which the action applies, in the order in which it is applied."""
        return self.selection.filter(status__in=self.action_definition.statuses).order_by(
            *self.action_definition.order
        )

    @cached_property
    def number(self) -> int:
        return self.applicable.count()

    def get_actionable_objects(self) -> tuple[list[Registration], dict[str, object]]:
        """Return as many of them as one request handles."""
        return list(self.applicable.select_related("desk")[: engine.INLINE_LIMIT]), {"items_with_no_access": []}

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        context = super().get_context_data(**kwargs)
        log("registrations.list", self.desk, self.request.user, rows=len(context["items"]), what=self.action_type)
        return {
            **context,
            "desk": self.desk,
            "number": self.number,
            "others": self.selection.count() - self.number,
            "shown": [row["item"] for row in context["items"]],
            "more": max(0, self.number - engine.INLINE_LIMIT),
            "question": self.question,
            "button": self.button,
            "is_destructive": self.is_destructive,
            "title": self.display_name,
        }

    @property
    def arguments(self) -> ActionArguments:
        """The action's arguments from the form."""
        cleaned = self.cleaned_form.cleaned_data if self.cleaned_form else {}
        arguments: ActionArguments = {"reason": cleaned.get("reason", ""), "to": cleaned.get("to")}
        if meeting := cleaned.get("meeting"):
            arguments["meeting"] = meeting
        return arguments

    def prepare_action(
        self, objects: list[Registration], objects_without_access: Mapping[str, object]
    ) -> HttpResponse | None:
        if self.number <= engine.INLINE_LIMIT:
            return None
        keys = list(self.applicable.values_list("pk", flat=True))
        job = start_bulk_action(
            name=self.action_type,
            desk=self.desk,
            registrations=keys,
            user=signed_in_user(self.request),
            **self.arguments,
        )
        return redirect("verkosto_registrations_admin:job", pk=job.pk)

    def get_execution_context(self) -> dict[str, object]:
        return {"action": self}

    @classmethod
    def execute_action(
        cls, objects: list[Registration], *, action: "RegistrationBulkAction", **kwargs: Any
    ) -> tuple[int, int]:
        done = refused = 0
        for registration in objects:
            try:
                action.action_definition.apply(registration, user=signed_in_user(action.request), **action.arguments)
                done += 1
            except Refusal:
                refused += 1
        log("registrations.change", action.desk, action.request.user, what=cls.action_type, count=done)
        if refused:
            text = ngettext(
                "%(count)s registration was not changed: there is no place for it.",
                "%(count)s registrations were not changed: there are no places for them.",
                refused,
            )
            messages.warning(action.request, text % {"count": refused})
        return done, 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        text = ngettext("Done for %(count)s registration.", "Done for %(count)s registrations.", num_parent_objects)
        return text % {"count": num_parent_objects}


class ApproveBulkAction(RegistrationBulkAction):
    display_name = _("Approve")
    aria_label = _("Approve the selected registrations")
    action_type = "approve"
    action_priority = 10
    question = _(
        "Approve these registrations? They get a place while places are available, and then join the waiting list."
    )
    button = _("Yes, approve")


class DeclineBulkAction(RegistrationBulkAction):
    display_name = _("Decline")
    aria_label = _("Decline the selected registrations")
    action_type = "decline"
    action_priority = 20
    question = _("Decline these registrations? Everyone is notified by email.")
    button = _("Yes, decline")
    is_destructive = True
    form_class = ReasonForm


class MoveBulkAction(RegistrationBulkAction):
    display_name = _("Move")
    aria_label = _("Move the selected registrations to another event")
    action_type = "move"
    action_priority = 45
    question = _(
        "Move these registrations? Everyone who gets a place there is notified by email. The others stay here."
    )
    button = _("Yes, move")
    form_class = MoveForm

    def get_form(self, form_class: type[Form] | None = None) -> Form:
        desks = desks_for(self.request.user, DeskPermission.CHANGE).exclude(pk=self.desk.pk).filter(has_page=True)
        return MoveForm(**self.get_form_kwargs(), desks=desks)


class CancelBulkAction(RegistrationBulkAction):
    display_name = pgettext_lazy("registration", "Cancel")
    aria_label = _("Cancel the selected registrations")
    action_type = "cancel"
    action_priority = 50
    question = _(
        "Cancel these registrations? Everyone is notified by email, and the places go to the next people on "
        "the waiting list."
    )
    button = _("Yes, cancel the registrations")
    is_destructive = True
    classes = {"serious"}
    form_class = ReasonForm


class AttendanceBulkAction(RegistrationBulkAction):
    """Record attendance; at a series, that of one meeting."""

    def get_form(self, form_class: type[Form] | None = None) -> Form:
        if meetings := meeting_options(self.desk):
            nearest = chosen_meeting(self.desk, {})
            initial = {"meeting": nearest.uid} if nearest else {}
            return MeetingForm(**{**self.get_form_kwargs(), "initial": initial}, meetings=meetings)
        return super().get_form(form_class)


class AttendedBulkAction(AttendanceBulkAction):
    display_name = _("Attended")
    aria_label = _("Record that the selected people attended")
    action_type = "attended"
    action_priority = 30
    question = _("Record that these people attended?")
    button = _("Yes, they attended")


class AbsentBulkAction(AttendanceBulkAction):
    display_name = _("Absent")
    aria_label = _("Record that the selected people were absent")
    action_type = "absent"
    action_priority = 31
    question = _("Record that these people were absent?")
    button = _("Yes, they were absent")


class MailBulkAction(RegistrationBulkAction):
    """Redirect to the page that writes a mail to the selection."""

    display_name = _("Send email")
    aria_label = _("Email the selected people")
    action_type = "mail"
    action_priority = 40

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        query = request.GET.copy()
        for name in ("next", "childOf"):
            query.pop(name, None)
        if query.getlist("id") == ["all"]:
            query.pop("id")
        return redirect(
            reverse("verkosto_registrations_admin:mailing_new", args=[self.desk.pk]) + f"?{query.urlencode()}"
        )


BULK_ACTION_VIEWS = [
    ApproveBulkAction,
    DeclineBulkAction,
    AttendedBulkAction,
    AbsentBulkAction,
    MailBulkAction,
    MoveBulkAction,
    CancelBulkAction,
]
