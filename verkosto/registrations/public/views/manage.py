"""The pages of one registration behind a personal link (see ``manage_session``). A GET changes nothing."""

import functools
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from verkosto.core.downloads import attachment
from verkosto.registrations.domain import lifecycle, waiting_list
from verkosto.registrations.domain.answers import ChangedAnswers, change_answers
from verkosto.registrations.domain.certificates import Certificate, certificates_of, may_have_certificate
from verkosto.registrations.domain.handover import handover_state
from verkosto.registrations.domain.waiting_reasons import waiting_for
from verkosto.registrations.enums import ErasureCause, RegistrationStatus
from verkosto.registrations.exceptions import (
    ChangesClosed,
    ChoiceFull,
    DeskFull,
    FileNotStored,
    OrganisationFull,
    Refusal,
)
from verkosto.registrations.exports.certificate_pdf import certificate_pdf, has_all_letters
from verkosto.registrations.facts import chosen_venue, location_for
from verkosto.registrations.forms.agreement import TakeOverForm
from verkosto.registrations.forms.guests import known_guests_of
from verkosto.registrations.forms.registration import DeskForm
from verkosto.registrations.mail.calendar import calendar_of
from verkosto.registrations.mail.check_in_codes import qr_svg
from verkosto.registrations.mail.meetings import meeting_choices
from verkosto.registrations.models import Question, Registration, SensitiveAnswers
from verkosto.registrations.privacy import erasure
from verkosto.registrations.privacy.data_export import data_of
from verkosto.registrations.public.context import FormContext, form_context_of
from verkosto.registrations.public.meetings import meetings_of
from verkosto.registrations.public.same_origin import same_origin_only
from verkosto.registrations.public.views.manage_pages import manage_page, refusal_page
from verkosto.registrations.public.views.manage_session import SESSIONS, View, manage_session_required
from verkosto.registrations.public.views.responses import message_page


@manage_session_required
@require_safe
def overview(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Show the registration, and what the registrant can do with it."""
    desk = registration.desk
    questions = [question for question in desk.questions.all() if question.question_type.takes_answer]
    sensitive = SensitiveAnswers.objects.filter(registration=registration).first()
    answers = {**registration.answers, **(sensitive.answers if sensitive else {})}
    language = get_language()
    return manage_page(
        request,
        registration,
        "manage.html",
        answers=answer_rows(questions, answers),
        guests=[(guest, answer_rows(questions, guest.all_answers())) for guest in known_guests_of(registration)],
        files=registration.files.all(),
        where=location_for(desk.version(), registration.answers),
        joining=joining_for(registration),
        check_in_code=check_in_code_for(registration),
        waiting_for=waiting_for(registration),
        meetings=meetings_of(registration, language),
        handover=handover_state(registration),
    )


def answer_rows(questions: Iterable[Question], answers: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return the label and text of each question that has an answer, for a page in the active language."""
    return [
        (question.label_html, question.display_html(answers[question.key]))
        for question in questions
        if question.key in answers
    ]


def check_in_code_for(registration: Registration) -> str:
    """Return the check-in code of somebody with a place at an event on site, as SVG; "" for others."""
    is_on_site = registration.desk.version(get_language()).get("on_site")
    return qr_svg(registration) if is_on_site and registration.status == RegistrationStatus.CONFIRMED else ""


def joining_for(registration: Registration) -> str:
    """Return the joining instructions; "" for people without a place, and before the time that the organiser set."""
    desk = registration.desk
    if registration.status != RegistrationStatus.CONFIRMED:
        return ""
    if desk.joining_visible_from and desk.joining_visible_from > timezone.now():
        return ""
    return str(desk.version(get_language()).get("joining", ""))


@manage_session_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Show the form with the registrant's answers, and change them."""
    if registration.has_ended or not registration.desk.takes_changes:
        return _no_changes(request, registration)
    form_context = form_context_of(registration.desk)
    if request.method == "POST":
        form = form_to_change(form_context, registration, request.POST, request.FILES)
        if form.is_valid():
            agreed = form.agreed(get_language() or "") if isinstance(form, TakeOverForm) else None
            try:
                change_answers(registration=registration, data=ChangedAnswers(**form.registration_data, agreed=agreed))
                return redirect("verkosto_registrations:manage", reference=registration.reference)
            except ChangesClosed:
                return _no_changes(request, registration)
            except ChoiceFull as refusal:
                form.refuse_choice(refusal.question_key)
            except FileNotStored as refusal:
                form.refuse_file(refusal.question_key)
            except OrganisationFull:
                form.add_error(None, _("Your organisation already has all the places it is allowed."))
            except Refusal:
                form.add_error("places" if "places" in form.fields else None, _("There are not enough places left."))
    else:
        form = form_to_change(form_context, registration)
    status = 422 if form.is_bound else 200
    return manage_page(request, registration, "change.html", status=status, form=form, form_context=form_context)


def form_to_change(form_context: FormContext, registration: Registration, *args: Any) -> DeskForm:
    """Return the form with a registration's answers; who took over the place is shown the privacy notice in it.

    The arguments are those of a Django form.
    """
    about: dict[str, Any] = {
        "desk": form_context.desk,
        "questions": form_context.questions,
        "pools": form_context.pools,
        "registration": registration,
    }
    if registration.awaits_details:
        return TakeOverForm(*args, **about, notice=form_context.privacy_notice)
    return DeskForm(*args, **about)


def _no_changes(request: HttpRequest, registration: Registration) -> HttpResponse:
    return refusal_page(
        request,
        registration,
        _("The registration can no longer be changed"),
        _("The time for changes has passed. Contact the organiser."),
    )


def _use_case_view(use_case: Callable[..., Any]) -> View:
    """Return a view that calls a use case on POST, and says so when it is refused."""

    @manage_session_required
    @require_POST
    @functools.wraps(use_case)
    def view(request: HttpRequest, registration: Registration) -> HttpResponse:
        try:
            use_case(registration=registration)
        except ChangesClosed:
            return _no_changes(request, registration)
        except DeskFull:
            heading, text = _("All places are taken"), _("The waiting list is full as well.")
        except (ChoiceFull, OrganisationFull):
            heading = _("The chosen option is full")
            text = _(
                "The last place for the option was taken before you confirmed. Change your registration and confirm again."
            )
        except Refusal:
            heading = _("This is no longer possible")
            text = _("Your registration has changed in the meantime. Open it again to see its current status.")
        else:
            return redirect("verkosto_registrations:manage", reference=registration.reference)
        return refusal_page(request, registration, heading, text)

    return view


confirm = _use_case_view(lifecycle.confirm_address)
offer = _use_case_view(waiting_list.accept_offer)
rejoin = _use_case_view(lifecycle.rejoin)
_cancel = _use_case_view(lifecycle.cancel)


@manage_session_required
@require_http_methods(["GET", "HEAD", "POST"])
def _ask_to_cancel(request: HttpRequest, registration: Registration) -> HttpResponse:
    return manage_page(request, registration, "cancel.html")


@same_origin_only
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask whether to cancel the registration, then cancel it."""
    view = _cancel if request.method == "POST" else _ask_to_cancel
    return view(request, reference)


@manage_session_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Ask whether to erase the registrant's data, then cancel the registration and erase it."""
    if request.method != "POST":
        return manage_page(request, registration, "erase.html")
    reference, texts = registration.reference, registration.desk.version()
    if request.POST.get("everything"):
        erasure.erase_address(email=registration.email)
    else:
        erasure.erase(registration=registration, cause=ErasureCause.OWN_REQUEST)
    response = message_page(
        request,
        _("Your data has been erased"),
        _("We no longer have your name, address or answers. This page cannot be opened again."),
        status=200,
        texts=texts,
    )
    return SESSIONS.forget(response, reference)


@manage_session_required
@require_safe
def data(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Return everything that is stored about the person in this registration, as JSON (GDPR, articles 15 and 20)."""
    content = json.dumps(data_of(registration), ensure_ascii=False, indent=2)
    return HttpResponse(
        content,
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="registration.json"'},
    )


@manage_session_required
@require_safe
def file(request: HttpRequest, registration: Registration, key: str) -> HttpResponseBase:
    """Return a file that the registrant sent, only ever as an attachment."""
    found = registration.files.filter(question_key=key).first()
    if found is None:
        raise Http404
    return attachment(found.file, found.name, found.content_type)


@manage_session_required
@require_safe
def certificate(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Show the certificate of attendance, to print, to somebody who was checked in."""
    certificates = _certificates(registration)
    has_file = has_all_letters(certificates)
    return manage_page(request, registration, "certificate.html", certificates=certificates, has_file=has_file)


@manage_session_required
@require_safe
def certificate_file(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Return the certificate of attendance as a PDF, if its font has the letters."""
    certificates = _certificates(registration)
    if not has_all_letters(certificates):
        raise Http404
    return HttpResponse(
        certificate_pdf(certificates),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{slugify(_("Certificate of attendance"))}.pdf"'},
    )


def _certificates(registration: Registration) -> list[Certificate]:
    """Return the certificates of a registration in the language of the page. Raises Http404 where there are none."""
    found = certificates_of(registration, get_language() or registration.language)
    if not may_have_certificate(registration) or not found:
        raise Http404
    return found


@manage_session_required
@require_safe
def calendar(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Return the event as a calendar file."""
    choices = meeting_choices(registration.desk, registration)
    venue = chosen_venue(registration.desk.version(), registration.answers)
    content = calendar_of(registration.desk, get_language() or "", choices, venue)
    if not content:
        raise Http404
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="event.ics"'},
    )
