"""Sending messages again: one, a selection, or all that could not be delivered."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.bulk_action import BulkAction

from verkosto.core.users import AnyUser
from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.permissions import DeskPermission, desk_or_404, has_permission
from verkosto.registrations.admin.views.messages import MessageViewMixin, failed_messages_of
from verkosto.registrations.mail.outbox import resend, resend_all
from verkosto.registrations.models import Message


class ResendMessageView(MessageViewMixin, View):
    """Send a message again, with a new personal link."""

    required_permission = DeskPermission.CHANGE
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not resend(self.message):
            messages.warning(request, _("The message is already being sent."))
        else:
            log(
                "registrations.mail", self.message.registration or request.user, request.user, resent=self.message.kind
            )
            messages.success(request, _("The message is being sent again."))
        return redirect(
            get_valid_next_url_from_request(request)
            or reverse("verkosto_registrations_admin:message", args=[self.message.pk])
        )


def resent_text(number: int) -> str:
    """Return how many messages are being sent again."""
    text = ngettext("%(count)s message is being sent again.", "%(count)s messages are being sent again.", number)
    return text % {"count": number}


class ResendFailedView(View):
    """Send again all messages that could not be delivered, of one desk or of all that the user may change."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, desk_pk: int | None = None) -> HttpResponse:
        if not has_permission(request.user, DeskPermission.CHANGE):
            raise PermissionDenied
        failed = failed_messages_of(request.user)
        url = reverse("verkosto_registrations_admin:messages")
        subject: Any = request.user
        if desk_pk is not None:
            subject = desk_or_404(request.user, desk_pk, DeskPermission.SEE, DeskPermission.CHANGE)
            failed = failed.filter(desk=subject)
            url = reverse("verkosto_registrations_admin:desk_messages", args=[subject.pk])
        number = resend_all(failed)
        log("registrations.mail", subject, request.user, resent=number)
        messages.success(request, resent_text(number))
        return redirect(url)


class ResendBulkAction(BulkAction):
    """Send the selected messages again, with new personal links; those that are being sent are left alone."""

    models = [Message]
    display_name = _("Send again")
    aria_label = _("Send the selected messages again")
    action_type = "resend"
    action_priority = 10
    template_name = "verkosto_registrations/admin/resend_messages.html"

    def check_perm(self, obj: Message) -> bool:
        user = self.request.user
        return has_permission(user, DeskPermission.CHANGE, obj.desk) if obj.desk else user.is_superuser

    def get_actionable_objects(self) -> tuple[list[Message], dict[str, object]]:
        """Return the messages that the user may send again. Raise PermissionDenied where there is none."""
        objects, others = super().get_actionable_objects()
        if not objects:
            raise PermissionDenied
        return objects, others

    def get_execution_context(self) -> dict[str, object]:
        return {"user": self.request.user}

    @classmethod
    def execute_action(cls, objects: list[Message], user: AnyUser | None = None, **kwargs: Any) -> tuple[int, int]:
        number = resend_all(Message.objects.filter(pk__in=[message.pk for message in objects]))
        log("registrations.mail", user, user, resent=number)
        return number, 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return resent_text(num_parent_objects)
