"""Sessions of personal links: one for each thing that a browser has opened by its link.

The link is traded for signed cookies that are sent to the pages of that thing alone. Those pages name it in their
addresses and never carry a token, so that several may be open side by side and each form acts on the one it was shown
for. A session ends an hour after it was last used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.conf import settings
from django.core import signing
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

LIFETIME = 60 * 60  # seconds after the last use
Token = TypeVar("Token", bound=Model)


@dataclass(frozen=True)
class LinkSessions(Generic[Token]):
    """The sessions of one kind of link.

    ``cookie`` begins the cookies' names. ``url_name`` is the page below which the cookies are sent, reversed with the
    thing's name. ``tokens`` returns the valid tokens, a model with ``sessions_ended_at``; ``lookup`` finds those of a
    thing by its name.
    """

    salt: str
    cookie: str
    url_name: str
    tokens: Callable[[], QuerySet[Token]]
    lookup: str

    def keep_open(self, request: HttpRequest, response: HttpResponse, name: str | int, token_pk: int) -> None:
        """Begin or extend the session of the thing that a token opens, in every language of the site."""
        for cookie, path in self._cookies(name):
            response.set_cookie(
                cookie,
                signing.dumps([token_pk, timezone.now().timestamp()], salt=self.salt),
                max_age=LIFETIME,
                path=path,
                httponly=True,
                samesite="Lax",
                secure=request.is_secure(),
            )

    def opened(self, request: HttpRequest, name: str | int) -> Token | None:
        """Return the token by which this browser opened the thing; None if it did not, or too long ago."""
        for cookie, _path in self._cookies(name):
            try:
                pk, used_at = signing.loads(request.COOKIES.get(cookie, ""), salt=self.salt, max_age=LIFETIME)
            except signing.BadSignature:
                continue
            token = self.tokens().filter(pk=pk, **{self.lookup: name}).first()
            ended_at = getattr(token, "sessions_ended_at", None)
            if token and not (ended_at and used_at <= ended_at.timestamp()):
                return token
        return None

    def end(self, request: HttpRequest, response: HttpResponse, name: str | int) -> HttpResponse:
        """End the session with a response, also for a copy of its cookies; other sessions stay open."""
        if token := self.opened(request, name):
            self.tokens().filter(pk=token.pk).update(sessions_ended_at=timezone.now())
        return self.forget(response, name)

    def forget(self, response: HttpResponse, name: str | int) -> HttpResponse:
        """Take the session's cookies from the browser with a response. Return the response."""
        for cookie, path in self._cookies(name):
            response.delete_cookie(cookie, path=path)
        return response

    def is_set_in(self, response: HttpResponse, name: str | int) -> bool:
        """Return whether the response says itself what becomes of the session."""
        return any(cookie in response.cookies for cookie, _path in self._cookies(name))

    def _cookies(self, name: str | int) -> Iterator[tuple[str, str]]:
        """Yield the name and path of each cookie: one for each language, whose pages have paths of their own."""
        for language, _label in settings.LANGUAGES:
            with override(language):
                yield f"{self.cookie}-{name}-{language}", reverse(self.url_name, args=[name])
