"""Sessions of members: a membership is open in a browser that followed its personal link (see ``link_sessions``)."""

import functools
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from network_pages.member_links import find_token
from network_pages.models import MembershipToken
from verkosto.registrations.public.link_sessions import LinkSessions
from verkosto.registrations.public.same_origin import same_origin_only
from verkosto.registrations.public.views.errors import kept_form, retry_on_database_failure
from verkosto.registrations.public.views.responses import message_page, personal

View = Callable[..., Any]


def tokens() -> QuerySet[MembershipToken]:
    """Return the tokens with their memberships."""
    return MembershipToken.objects.select_related("membership")


SESSIONS = LinkSessions(
    salt="networks.member_session",
    cookie="membership",
    url_name="verkosto_networks:membership",
    tokens=tokens,
    lookup="membership",
)


@require_safe
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Trade a personal link for a session, and redirect to the membership's address without the token."""
    row = find_token(token)
    if row is None:
        return not_open(request)
    response = redirect("verkosto_networks:membership", pk=row.membership_id)
    SESSIONS.keep_open(request, response, row.membership_id, row.pk)
    return personal(response)


def member_required(view: View) -> View:
    """Give the view the membership that its address names, if this browser has it open; ``not_open`` otherwise."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        row = SESSIONS.opened(request, pk)
        if row is None:
            return not_open(request)
        response = personal(view(request, row.membership, **kwargs))
        if not SESSIONS.is_set_in(response, pk):
            SESSIONS.keep_open(request, response, pk, row.pk)
        return response

    return same_origin_only(retry_on_database_failure(guarded))


@same_origin_only
@require_POST
def sign_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the membership on a shared computer; others stay open."""
    return personal(SESSIONS.end(request, redirect("/"), pk))


def not_open(request: HttpRequest) -> HttpResponse:
    """Give the one answer to an unknown link and to a membership that is not open in this browser.

    A form that was sent is kept in the page, to be sent again after the link was opened (WCAG 2.2 SC 2.2.1).
    """
    return message_page(
        request,
        _("The membership could not be opened"),
        _(
            "A personal link opens a membership in one browser, and for an hour after it was last used. Open the link "
            "in your email again. If it does not work, ask for a new one."
        ),
        status=404,
        offer_link=True,
        # The page's own address may hold the token.
        language_switcher_path="/",
        form=kept_form(request),
    )
