"""The feedback of a desk: the requests for it, its results and their export."""

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from verkosto.core.users import signed_in_user
from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.feedback_results import FEWEST, FeedbackResults, FeedbackTable
from verkosto.registrations.admin.mail_previews import MailPreview, example_registration, preview_mail
from verkosto.registrations.admin.permissions import DeskPermission
from verkosto.registrations.admin.views.base import DeskAdminView
from verkosto.registrations.domain.feedback import questions_of, recipients_of, start_feedback_mails
from verkosto.registrations.exports import export_formats
from verkosto.registrations.mail.feedback import REMINDER, REQUEST
from verkosto.registrations.models import Desk, Message
from verkosto.registrations.models.feedback import takes_feedback


def is_open(desk: Desk) -> bool:
    """Return whether people can be asked for feedback now."""
    return takes_feedback(desk) and bool(questions_of(desk))


class FeedbackView(DeskAdminView):
    """Show the results with charts and tables, and what can be sent."""

    page_title = _("Feedback")
    header_icon = "comment"
    tab = "feedback"
    template_name = "verkosto_registrations/admin/feedback.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        is_asked = is_open(self.desk)
        may_send = is_asked and self.has_permission(DeskPermission.CHANGE)
        return {
            **super().get_context_data(**kwargs),
            "results": FeedbackResults(self.desk),
            "fewest": FEWEST,
            "is_open": is_asked,
            "to_ask": recipients_of(self.desk, REQUEST).count() if may_send else 0,
            "to_remind": recipients_of(self.desk, REMINDER).count() if may_send else 0,
            "may_export": self.has_permission(DeskPermission.EXPORT),
            "request_kind": REQUEST,
            "reminder_kind": REMINDER,
        }


class SendFeedbackMailsView(DeskAdminView):
    """Preview the mail that asks for feedback or reminds, and let the worker send it."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)
    header_icon = "mail"
    tab = "feedback"
    template_name = "verkosto_registrations/admin/feedback_mails.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.kind = kwargs["kind"]
        if self.kind not in (REQUEST, REMINDER):
            raise Http404

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_open(self.desk):
            text = _("Feedback can be asked for when the event is over and the page has feedback questions.")
            messages.info(request, text)
            return redirect(self.desk_url("feedback"))
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return str(_("Ask for feedback") if self.kind == REQUEST else _("Remind those who have not answered"))

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        by_language = recipients_of(self.desk, self.kind).order_by().values_list("language").annotate(Count("pk"))
        previews = [self.preview(language, number) for language, number in by_language]
        return {
            **super().get_context_data(**kwargs),
            "previews": previews,
            "number": sum(preview.number for preview in previews),
            "is_reminder": self.kind == REMINDER,
            "back_url": self.desk_url("feedback"),
        }

    def preview(self, language: str, number: int) -> MailPreview:
        """Return the mail in a language."""
        example = example_registration(self.desk, language)
        message = Message(kind=self.kind, desk=self.desk, registration=example, language=language)
        return preview_mail(message, number=number)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        job = start_feedback_mails(desk=self.desk, kind=self.kind, user=signed_in_user(request))
        log("registrations.mail", self.desk, request.user, count=job.total, what=self.kind)
        return redirect("verkosto_registrations_admin:job", pk=job.pk)


class ExportFeedbackView(DeskAdminView):
    """Export the answers as a spreadsheet. Only a POST exports, and each export is in the audit log."""

    required_permissions = (DeskPermission.SEE, DeskPermission.EXPORT)
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        results = FeedbackResults(self.desk)
        if not results.is_shown:
            messages.info(request, _("There are not enough answers to export them."))
            return redirect(self.desk_url("feedback"))
        kind = export_formats()["xlsx"]
        log("registrations.export", self.desk, request.user, format=kind.name, what="feedback", rows=results.number)
        stream: Any = kind.stream
        response = StreamingHttpResponse(stream(FeedbackTable(results)), content_type=kind.content_type)
        name = f"{slugify(self.desk.title)[:60] or 'feedback'}-{timezone.localdate():%Y-%m-%d}.{kind.name}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "no-store, private"
        response["X-Content-Type-Options"] = "nosniff"
        return response
