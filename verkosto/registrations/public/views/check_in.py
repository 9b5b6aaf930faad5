"""The check-in behind a link and a code, for helpers without an account: one event, one day.

The link's token is exchanged for a cookie with which the code is asked, and the right code for the session that shows the
people. Both are bound to the link, so that nothing else opens with them, and end when it is withdrawn or its day is over.
"""

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.log_actions import log

from verkosto.registrations.domain.check_in import MAX_ROWS, MAX_SEARCH_LENGTH, CheckInList, person_in
from verkosto.registrations.domain.check_in_links import accept_code, day_of, find_link, record_use
from verkosto.registrations.domain.venues import chosen_venue, venue_options
from verkosto.registrations.enums import Attendance
from verkosto.registrations.exceptions import Refusal
from verkosto.registrations.forms.check_in_code import CheckInCodeForm
from verkosto.registrations.models import CheckInLink, Guest
from verkosto.registrations.public.link_sessions import LinkSessions
from verkosto.registrations.public.rate_limits import client_address, has_attempts_left, within_limits
from verkosto.registrations.public.same_origin import same_origin_only
from verkosto.registrations.public.views.errors import retry_on_database_failure
from verkosto.registrations.public.views.responses import message_page, personal, personal_page
from verkosto.registrations.public.views.scanned_codes import forget_list, remember_list


def _usable_links() -> Any:
    return CheckInLink.objects.usable().select_related("desk")


#: A browser that has opened the link, and is asked for the code.
CODE_SESSIONS: LinkSessions[CheckInLink] = LinkSessions(
    salt="registrations.check_in_code",
    cookie="check-in-code",
    url_name="verkosto_registrations:check_in",
    tokens=_usable_links,
    lookup="pk",
)
#: A browser in which the code has been entered. It stays open for the day, because helpers wait between arrivals.
SESSIONS: LinkSessions[CheckInLink] = LinkSessions(
    salt="registrations.check_in_session",
    cookie="check-in",
    url_name="verkosto_registrations:check_in",
    tokens=_usable_links,
    lookup="pk",
    lifetime=24 * 60 * 60,
)
View = Callable[..., HttpResponse]


@require_safe
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Redirect to the question for the code, whose URL has no token. The link alone shows nothing."""
    link = find_link(token)
    if link is None:
        return not_open(request)
    response = redirect("verkosto_registrations:check_in_code", number=link.pk)
    CODE_SESSIONS.keep_open(request, response, link.pk, link.pk)
    return personal(response)


@same_origin_only
@retry_on_database_failure
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for the code, and open the check-in with the right one. Wrong ones are counted and limited."""
    if _opened(SESSIONS, request, number):
        return personal(redirect("verkosto_registrations:check_in", number=number))
    link = _opened(CODE_SESSIONS, request, number)
    if link is None:
        return not_open(request)
    form = CheckInCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        client = client_address(request)
        limits = (("check_in_code", str(link.pk)), ("check_in_code_address", client))
        if not all(has_attempts_left(*limit) for limit in limits):
            return _too_many(request)
        if accept_code(link=link, code=form.cleaned_data["code"]):
            log(link.desk, "registrations.open_check_in", title=link.desk.title, data={"link": link.name})
            response = redirect("verkosto_registrations:check_in", number=number)
            SESSIONS.keep_open(request, response, number, link.pk)
            return personal(response)
        for limit in limits:
            within_limits(*limit)
        form.add_error("code", _("The code is wrong. Check it, or ask the organiser."))
    day = day_of(link)
    context = {"form": form, "texts": link.desk.version(), "day": day.label if day else ""}
    return personal_page(request, "check_in_code.html", context, status=422 if form.is_bound else 200)


def check_in_session_required(view: View) -> View:
    """Pass the link that the URL names to the view, if this browser has opened its check-in; 403 otherwise."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, number: int) -> HttpResponse:
        link = _opened(SESSIONS, request, number)
        if link is None:
            return not_open(request)
        response = personal(view(request, link))
        if not SESSIONS.is_set_in(response, number):
            SESSIONS.keep_open(request, response, number, link.pk)
            remember_list(request, response, link, SESSIONS.lifetime)
        return response

    return same_origin_only(retry_on_database_failure(guarded))


@check_in_session_required
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, link: CheckInLink) -> HttpResponse:
    """Show the people with a place on the day of a link, and record who has come."""
    day = day_of(link)
    query = request.POST if request.method == "POST" else request.GET
    listed = CheckInList(
        desk=link.desk,
        meeting=day.meeting if day else None,
        venue=chosen_venue(link.desk, query),
        link=link.name,
    )
    if request.method == "POST":
        return _record(request, link, listed)
    search = request.GET.get("q", "")[:MAX_SEARCH_LENGTH]
    rows = listed.rows(search)
    context = {
        "desk": link.desk,
        "link": link,
        "day": day.label if day else "",
        "rows": rows[:MAX_ROWS],
        "has_more": len(rows) > MAX_ROWS,
        "query": search,
        "meeting": listed.meeting,
        "venue": listed.venue,
        "venue_options": venue_options(link.desk),
        **listed.counts(),
        "changed": person_in(rows, request.GET.get("done", "")),
        "by_link": True,
        "languages": _languages(link),
    }
    return render(request, "verkosto_registrations/check_in.html", context)


@same_origin_only
@require_POST
def leave(request: HttpRequest, number: int) -> HttpResponse:
    """Close the check-in in this browser. Other helpers with the link go on."""
    response = message_page(
        request,
        _("The check-in is closed on this phone"),
        _("To check people in again, open the link and enter the code."),
        status=200,
        language_switcher_path="/",
    )
    return forget_list(SESSIONS.forget(CODE_SESSIONS.forget(response, number), number), number)


def not_open(request: HttpRequest) -> HttpResponse:
    """Return the same response to an unknown link and to one that is withdrawn, locked, too early or over.

    With status 403, at which the page's script keeps the check-ins that it could not send.
    """
    return message_page(
        request,
        _("The check-in is not open"),
        _(
            "A check-in link works on the day of the event, until the organiser withdraws it. Open the link again and "
            "enter the code. If that does not help, ask the organiser for a new link."
        ),
        status=403,
        # The URL of this page may have the token, which must not be in the links to other languages.
        language_switcher_path="/",
    )


def _record(request: HttpRequest, link: CheckInLink, listed: CheckInList) -> HttpResponse:
    reference, attendance = request.POST.get("reference", ""), request.POST.get("attendance", "")
    if attendance not in (Attendance.ATTENDED, Attendance.UNKNOWN):
        raise Http404
    person = listed.person(reference)
    if person is None:
        raise Http404
    refused = ""
    try:
        if listed.record(person, attendance, user=None):
            registration = person.registration if isinstance(person, Guest) else person
            data = {"attendance": attendance, "link": link.name}
            log(registration, "registrations.check_in", title=registration.reference, data=data)
        record_use(link=link)
    except Refusal:
        refused = _("This person no longer has a place. Ask the organiser.")
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"error": refused} if refused else {"attendance": attendance, **listed.counts()})
    query = {"done": reference, "q": request.POST.get("q", "")[:MAX_SEARCH_LENGTH]}
    if listed.venue:
        query["venue"] = listed.venue
    return redirect(f"{reverse('verkosto_registrations:check_in', args=[link.pk])}?{urlencode(query)}")


def _opened(sessions: LinkSessions[CheckInLink], request: HttpRequest, number: int) -> CheckInLink | None:
    """Return the link that this browser has opened; None also if its event is no longer held on its day."""
    link = sessions.opened(request, number)
    return link if link and day_of(link) else None


def _too_many(request: HttpRequest) -> HttpResponse:
    response = message_page(
        request,
        _("Too many attempts"),
        _("The wrong code has been entered several times. Wait 15 minutes and try again, or ask the organiser."),
        status=429,
    )
    response["Retry-After"] = "900"
    return response


def _languages(link: CheckInLink) -> list[dict[str, str]]:
    """Return the page's languages, each with its name in itself and its URL."""
    found = []
    for language, _label in settings.LANGUAGES:
        with override(language):
            url = reverse("verkosto_registrations:check_in", args=[link.pk])
        found.append({"code": language, "name": get_language_info(language)["name_local"], "url": url})
    return found
