"""The feedback form behind a personal link. The link's session opens nothing else (see ``link_sessions``)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from verkosto.registrations.domain.feedback import give_feedback, questions_of
from verkosto.registrations.enums import TokenPurpose
from verkosto.registrations.exceptions import NotPossible
from verkosto.registrations.forms.feedback import FeedbackForm
from verkosto.registrations.models import FeedbackNote, Registration
from verkosto.registrations.models.feedback import takes_feedback
from verkosto.registrations.public.link_sessions import LIFETIME, LinkSessions
from verkosto.registrations.public.same_origin import same_origin_only
from verkosto.registrations.public.views.errors import retry_on_database_failure
from verkosto.registrations.public.views.manage_session import not_open
from verkosto.registrations.public.views.responses import message_page, personal, personal_page, unknown_link
from verkosto.registrations.tokens import find_token, valid_tokens

SESSIONS = LinkSessions(
    salt="registrations.feedback_session",
    cookie="feedback",
    url_name="verkosto_registrations:feedback",
    tokens=lambda: valid_tokens().filter(purpose=TokenPurpose.FEEDBACK),
    lookup="registration__reference",
)


@require_safe
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Begin the session of a personal link, and redirect to the form's URL, which has no token."""
    row = find_token(token, TokenPurpose.FEEDBACK)
    if row is None or row.registration is None:
        return unknown_link(request)
    reference = row.registration.reference
    response = redirect("verkosto_registrations:feedback", reference=reference)
    SESSIONS.keep_open(request, response, reference, row.pk)
    return personal(response)


@same_origin_only
@retry_on_database_failure
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the form, and store the answers apart from the person."""
    row = SESSIONS.opened(request, reference)
    if row is None or row.registration is None:
        return not_open(request)
    response = _form_page(request, row.registration)
    SESSIONS.keep_open(request, response, reference, row.pk)
    return response


def _form_page(request: HttpRequest, registration: Registration) -> HttpResponse:
    desk = registration.desk
    if FeedbackNote.objects.filter(registration=registration).exists():
        return _thanks(request, registration)
    questions = questions_of(desk)
    if not takes_feedback(desk) or not questions:
        return _closed(request, registration)
    form = FeedbackForm(request.POST if request.method == "POST" else None, questions=questions)
    if form.is_valid():
        try:
            give_feedback(registration=registration, answers=form.answers)
        except NotPossible:
            return _closed(request, registration)
        return redirect("verkosto_registrations:feedback", reference=registration.reference)
    context = {"form": form, "texts": desk.version(), "session_seconds": LIFETIME}
    return personal_page(request, "feedback.html", context, status=422 if form.is_bound else 200)


def _thanks(request: HttpRequest, registration: Registration) -> HttpResponse:
    text = _("Your answers were saved without your name. You can give feedback once.")
    return message_page(request, _("Thank you for your feedback"), text, status=200, texts=registration.desk.version())


def _closed(request: HttpRequest, registration: Registration) -> HttpResponse:
    text = _(
        "Feedback can be given by people who took part, after the event and as long as the organiser keeps it open."
    )
    return message_page(
        request, _("Feedback cannot be given now"), text, status=409, texts=registration.desk.version()
    )
