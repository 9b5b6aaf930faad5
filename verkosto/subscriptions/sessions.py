"""Sessions of followers: the page of a follower is open in a browser that followed its link (see ``link_sessions``)."""

import functools
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from verkosto.registrations.public.link_sessions import LinkSessions
from verkosto.registrations.public.same_origin import same_origin_only
from verkosto.registrations.public.views.errors import retry_on_database_failure
from verkosto.registrations.public.views.responses import message_page, personal
from verkosto.subscriptions.models import Follower

View = Callable[..., Any]


def followers() -> QuerySet[Follower]:
    """Return the rows that stand for links: a follower has one link, which is signed."""
    return Follower.objects.all()


SESSIONS = LinkSessions(
    salt="subscriptions.session",
    cookie="follower",
    url_name="verkosto_subscriptions:manage",
    tokens=followers,
    lookup="reference",
)


def follower_required(view: View) -> View:
    """Give the view the follower that its address names, if this browser has it open; ``not_open`` otherwise."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, reference: UUID, **kwargs: Any) -> HttpResponse:
        follower = SESSIONS.opened(request, str(reference))
        if follower is None:
            return not_open(request)
        response = personal(view(request, follower, **kwargs))
        if not SESSIONS.is_set_in(response, str(reference)):
            SESSIONS.keep_open(request, response, str(reference), follower.pk)
        return response

    return same_origin_only(retry_on_database_failure(guarded))


def not_open(request: HttpRequest) -> HttpResponse:
    """Give the one answer to an unknown or used link, and to a page that is not open in this browser."""
    return message_page(
        request,
        _("The link could not be opened"),
        _(
            "A personal link opens a page in one browser, and for an hour after it was last used. Open the link in your "
            "email again. If it does not work, it has been used or has expired, or you no longer follow anything."
        ),
        status=404,
        offer_link=True,
        # The page's own address may hold the token.
        language_switcher_path="/",
    )
