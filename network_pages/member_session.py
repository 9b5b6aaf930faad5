"""Sessions of members: one for each membership that a browser has opened by its personal link.

The link is traded for signed cookies that are sent to the pages of that membership alone. A session ends an hour after
it was last used.
"""

import functools
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from network_pages.member_links import find_token
from network_pages.models import MembershipToken
from verkosto.registrations.public.same_origin import same_origin_only
from verkosto.registrations.public.views.responses import message_page, personal

SALT = "networks.member_session"
LIFETIME = 60 * 60  # seconds after the last use
View = Callable[..., HttpResponse]


@require_safe
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Trade a personal link for a session, and redirect to the membership's address without the token."""
    row = find_token(token)
    if row is None:
        return not_open(request)
    response = redirect("verkosto_networks:membership", pk=row.membership_id)
    keep_open(request, response, row)
    return personal(response)


def member_required(view: View) -> View:
    """Give the view the membership that its address names, if this browser has it open; ``not_open`` otherwise."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        row = _opened(request, pk)
        if row is None:
            return not_open(request)
        response = personal(view(request, row.membership, **kwargs))
        if not any(name in response.cookies for name, _path in _cookies(pk)):
            keep_open(request, response, row)
        return response

    return same_origin_only(guarded)


@same_origin_only
@require_POST
def sign_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the membership on a shared computer, also for a copy of its cookies; others stay open."""
    if row := _opened(request, pk):
        MembershipToken.objects.filter(pk=row.pk).update(sessions_ended_at=timezone.now())
    return close(redirect("/"), pk)


def not_open(request: HttpRequest) -> HttpResponse:
    """Give the one answer to an unknown link and to a membership that is not open in this browser."""
    return message_page(
        request,
        _("The membership could not be opened"),
        _(
            "A personal link opens a membership in one browser, and for an hour after it was last used. Open the link "
            "in your email again. If it does not work, ask the contact person of the network for a new one."
        ),
        status=404,
        # The page's own address may hold the token.
        language_switcher_path="/",
    )


def keep_open(request: HttpRequest, response: HttpResponse, row: MembershipToken) -> None:
    """Begin or extend the session of the membership that a token opens, in every language of the site."""
    for name, path in _cookies(row.membership_id):
        response.set_cookie(
            name,
            signing.dumps([row.pk, timezone.now().timestamp()], salt=SALT),
            max_age=LIFETIME,
            path=path,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )


def close(response: HttpResponse, pk: int) -> HttpResponse:
    """End the session of one membership with a response."""
    for name, path in _cookies(pk):
        response.delete_cookie(name, path=path)
    return personal(response)


def _opened(request: HttpRequest, pk: int) -> Any:
    """Return the token by which this browser opened the membership; None if it did not, or too long ago."""
    for name, _path in _cookies(pk):
        try:
            token, used_at = signing.loads(request.COOKIES.get(name, ""), salt=SALT, max_age=LIFETIME)
        except signing.BadSignature:
            continue
        row = MembershipToken.objects.select_related("membership").filter(pk=token, membership=pk).first()
        if row and not (row.sessions_ended_at and used_at <= row.sessions_ended_at.timestamp()):
            return row
    return None


def _cookies(pk: int) -> Iterator[tuple[str, str]]:
    """Yield the name and path of each cookie of a session: one for each language, whose pages have paths of their own."""
    for language, _name in settings.LANGUAGES:
        with override(language):
            yield f"membership-{pk}-{language}", reverse("verkosto_networks:membership", args=[pk])
