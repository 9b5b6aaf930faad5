"""The form of a desk, the places left, and the links of invitations."""

import uuid
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.models import Page

from verkosto.core.base_template import base_context
from verkosto.core.content_cache import content_changed
from verkosto.core.formats import format_opening
from verkosto.core.page_cache import mark_public
from verkosto.core.view_restrictions import is_private
from verkosto.registrations.domain.eligibility import invitation_of_link
from verkosto.registrations.domain.signup import SignupData, notify_of_second_signup, sign_up
from verkosto.registrations.enums import Eligibility, HistoryEvent, RegistrationStatus
from verkosto.registrations.exceptions import (
    AlreadyRegistered,
    ChoiceFull,
    DeskFull,
    FileNotStored,
    KeptForMembers,
    NotEligible,
    NotYetOpen,
    OrganisationFull,
    Refusal,
    RegistrationClosed,
    TooManyPlaces,
)
from verkosto.registrations.forms.signup import SignUpForm
from verkosto.registrations.mail import outbox
from verkosto.registrations.mail.calendar import calendar_of
from verkosto.registrations.models import Desk, Registration
from verkosto.registrations.public import proof_of_work
from verkosto.registrations.public.context import FormContext, form_context_at, form_context_of
from verkosto.registrations.public.rate_limits import may_sign_up, signs_up_often
from verkosto.registrations.public.same_origin import same_origin_only
from verkosto.registrations.public.views.errors import retry_on_database_failure
from verkosto.registrations.public.views.queue import queue_page_when_busy
from verkosto.registrations.public.views.receipt import redirect_to_receipt
from verkosto.registrations.public.views.responses import personal, rate_limited, unknown_link
from verkosto.registrations.public.visibility import may_see_desk

CODE_COOKIE = "registrations_code"  # holds the code of the invitation that the visitor followed
CODE_LIFETIME = 60 * 60  # seconds


@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
@queue_page_when_busy
@retry_on_database_failure
def register(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show a desk's form on a page of its own, and receive the form, wherever it was shown."""
    arrived_at = timezone.now()
    form_context = form_context_at(key)
    if form_context is None or not _may_see(request, form_context.desk):
        raise Http404
    if request.method != "POST":
        return _show_form(request, form_context)
    if not may_sign_up(request, key.hex):
        return rate_limited(request)
    return _receive_form(request, form_context, arrived_at)


def _show_form(request: HttpRequest, form_context: FormContext) -> HttpResponse:
    code = request.COOKIES.get(CODE_COOKIE, "")
    form = form_context.form(initial={"code": code}) if form_context.takes_form else None
    response = form_page(request, form_context, form)
    return personal(response) if code else response


def _receive_form(request: HttpRequest, form_context: FormContext, arrived_at: datetime) -> HttpResponse:
    # The form of a full desk is validated too: it may have been sent twice, and have taken the last place itself.
    if not form_context.takes_form and form_context.state != "full":
        return form_page(request, form_context, None, status=409)
    form = form_context.form(request.POST, request.FILES)
    if not form.is_valid():
        if not form_context.takes_form:
            return form_page(request, form_context, None, status=409)
        return form_page(request, form_context, form, status=422)
    data = form.signup_data(get_language() or form_context.desk.original_language)
    try:
        status = _sign_up_discreetly(form_context, data, arrived_at, has_proof=_has_proof(request, form))
    except Refusal as refusal:
        return _refused(request, form_context, form, refusal)
    return redirect_to_receipt(form_context.desk, status)


def _has_proof(request: HttpRequest, form: SignUpForm) -> bool:
    """Return whether the form was probably sent by a person.

    The proof is a personal code or a proof of work; on a site that asks for no proof of work, that the client has sent
    few forms.
    """
    # A personal code came by mail to the address that it is valid for.
    if "code" in form.fields:
        return True
    if proof_of_work.is_asked():
        return proof_of_work.accept(form.cleaned_data["proof"], form.desk.translation_key.hex)
    return not signs_up_often(request)


def _sign_up_discreetly(form_context: FormContext, data: SignupData, arrived_at: datetime, *, has_proof: bool) -> str:
    """Sign up, and return the status that the receipt shows, which reveals neither who is registered nor who is a member.

    Raises the refusals of ``sign_up`` that reveal neither.
    """
    desk = form_context.desk
    try:
        registration = sign_up(desk=desk, data=data, questions=form_context.questions, has_proof=has_proof)
    except AlreadyRegistered as existing:
        same_form = notify_of_second_signup(
            registration=existing.registration, submission=data.submission, arrived_at=arrived_at
        )
        # Without a proof every receipt says the same, whether the address was registered or not.
        first = first_status(existing.registration)
        return first if has_proof or same_form else RegistrationStatus.AWAITING_CONFIRMATION
    except (NotEligible, KeptForMembers):
        if desk.eligibility != Eligibility.MEMBERS:
            raise
        # Only the owner of the address learns, by email, that it is not a member's.
        _notify_not_eligible(desk, data.email)
        return RegistrationStatus.AWAITING_CONFIRMATION
    if form_context.nearly_full:
        # Cached pages show whether places are left. While there are many, a registration does not change that.
        content_changed()
    return registration.status


def _desk(request: HttpRequest, key: uuid.UUID) -> Desk:
    desk = get_object_or_404(Desk, translation_key=key)
    if not _may_see(request, desk):
        raise Http404
    return desk


def _may_see(request: HttpRequest, desk: Desk) -> bool:
    return may_see_desk(request, desk, request.POST.get("code") or request.COOKIES.get(CODE_COOKIE, ""))


def _notify_not_eligible(desk: Desk, email: str) -> None:
    context = {}
    if desk.members_until:
        opens = format_opening(desk.members_until, desk.timezone)
        context["reason"] = _("Registration opens to everyone on %(opens)s.") % {"opens": opens}
    outbox.write(
        "not_eligible", desk=desk, recipient=email, language=get_language() or "", context=context, anonymous=True
    )


def _refused(request: HttpRequest, form_context: FormContext, form: SignUpForm, refusal: Refusal) -> HttpResponse:
    """Return the form with the reason of the refusal, or the page of a desk that no longer takes registrations."""
    match refusal:
        case NotEligible():
            form.add_error("code" if "code" in form.fields else None, _("This code is not valid with this address."))
        case ChoiceFull():
            form.refuse_choice(refusal.question_key)
        case FileNotStored():
            form.refuse_file(refusal.question_key)
            return form_page(request, form_context, form, status=503)
        case OrganisationFull():
            form.add_error(None, _("Your organisation already has all the places it is allowed."))
        case TooManyPlaces():
            form.add_error("places" if "places" in form.fields else None, _("There are too many places."))
        case DeskFull() if form_context.takes_form and form.cleaned_data.get("places", 1) > 1:
            form.add_error("places", _("There are not enough places left."))
        case DeskFull() | RegistrationClosed() | NotYetOpen():
            form_context.desk.refresh_from_db()
            return form_page(request, form_context_of(form_context.desk), None, status=409)
        case _:
            raise refusal
    return form_page(request, form_context, form, status=422)


def first_status(registration: Registration) -> str:
    """Return the status that the first receipt showed, so that a second attempt gets the same answer."""
    sign_ups = registration.changes.filter(event__in=[HistoryEvent.SIGNED_UP, HistoryEvent.REJOINED])
    return sign_ups.order_by("at").values_list("to_status", flat=True).first() or registration.status


def form_page(
    request: HttpRequest, form_context: FormContext, form: SignUpForm | None, *, status: int = 200
) -> HttpResponse:
    """Return a page with the form alone, or with the reason why there is none."""
    page = (
        Page.objects.live()
        .select_related("locale")
        .filter(translation_key=form_context.desk.translation_key, locale__language_code=form_context.language)
        .first()
    )
    context: dict[str, Any] = {
        **base_context(),
        "form_context": form_context,
        "form": form,
        "page": page,
        "standalone": True,
    }
    response = render(request, "verkosto_registrations/register.html", context, status=status)
    if request.method == "POST":
        return personal(response)
    response["X-Robots-Tag"] = "noindex"
    if status == 200 and page is not None and not request.COOKIES and not is_private(page):
        mark_public(response)
    return response


@require_GET
def challenge(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Return a challenge for the form's proof of work; 404 on a site that asks for none."""
    if not proof_of_work.is_asked():
        raise Http404
    return personal(
        JsonResponse(proof_of_work.challenge(get_object_or_404(Desk, translation_key=key).translation_key.hex))
    )


@require_GET
@cache_control(public=True, max_age=5)
def places(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Return the places left as an HTML fragment, for a page that is cached longer than the number is true."""
    desk = _desk(request, key)
    form_context = FormContext(desk=desk, questions=(), pools=list(desk.pools.shown_to_visitors()))
    return render(request, "verkosto_registrations/places_left.html", {"form_context": form_context})


@require_GET
def invited(request: HttpRequest, code: str) -> HttpResponse:
    """Redirect from an invitation's link to the form. A cookie fills the code in, so that the form's URL has no code."""
    invitation = invitation_of_link(code)
    if invitation is None:
        return unknown_link(request)
    target = reverse("verkosto_registrations:register", args=[invitation.desk.translation_key])
    response = redirect(target)
    response.set_cookie(
        CODE_COOKIE,
        code,
        max_age=CODE_LIFETIME,
        path=target,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return personal(response)


@require_GET
def calendar(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Return the event as a calendar file, for the receipt's “Add to calendar”."""
    desk = _desk(request, key)
    content = calendar_of(desk, get_language() or desk.original_language)
    if not content:
        raise Http404
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="event.ics"'},
    )
