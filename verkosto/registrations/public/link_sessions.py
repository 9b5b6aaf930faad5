"""Sessions of personal links: one for each object, such as a registration, that a browser has opened by its link.

The view behind the link exchanges its token for signed cookies, which the browser sends only to the pages of that
object. These pages have the object's name in their URL and never a token, so that several objects can be open at once
and each form changes the one that it was shown for. A session ends an hour after it was last used.
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

    ``cookie`` is the prefix of the cookies' names. The cookies are sent to the URL named ``url_name`` and those below
    it; its argument is the object's name. ``tokens`` returns the valid tokens, of a model with ``sessions_ended_at``.
    ``lookup`` is the lookup from a token to the object's name, such as "registration__reference". ``lifetime`` is how
    long a session lasts after its last use, in seconds.
    """

    salt: str
    cookie: str
    url_name: str
    tokens: Callable[[], QuerySet[Token]]
    lookup: str
    lifetime: int = LIFETIME

    def keep_open(self, request: HttpRequest, response: HttpResponse, name: str | int, token_pk: int) -> None:
        """Begin or extend the session of the object that a token opens, in every language of the site."""
        for cookie, path in self._cookies(name):
            response.set_cookie(
                cookie,
                signing.dumps([token_pk, timezone.now().timestamp()], salt=self.salt),
                max_age=self.lifetime,
                path=path,
                httponly=True,
                samesite="Lax",
                secure=request.is_secure(),
            )

    def opened(self, request: HttpRequest, name: str | int) -> Token | None:
        """Return the token by which this browser opened the object; None if it did not, or the session has ended."""
        for cookie, _path in self._cookies(name):
            try:
                pk, used_at = signing.loads(request.COOKIES.get(cookie, ""), salt=self.salt, max_age=self.lifetime)
            except signing.BadSignature:
                continue
            token = self.tokens().filter(pk=pk).filter(**{self.lookup: name}).first()
            ended_at = getattr(token, "sessions_ended_at", None)
            if token and not (ended_at and used_at <= ended_at.timestamp()):
                return token
        return None

    def end(self, request: HttpRequest, response: HttpResponse, name: str | int) -> HttpResponse:
        """End the session, so that a copy of its cookies is refused too. Return the response, which deletes them."""
        if token := self.opened(request, name):
            self.tokens().filter(pk=token.pk).update(sessions_ended_at=timezone.now())
        return self.forget(response, name)

    def forget(self, response: HttpResponse, name: str | int) -> HttpResponse:
        """Delete the session's cookies in the browser, with a response. Return the response."""
        for cookie, path in self._cookies(name):
            response.delete_cookie(cookie, path=path)
        return response

    def is_set_in(self, response: HttpResponse, name: str | int) -> bool:
        """Return whether the response already sets or deletes the session's cookies."""
        return any(cookie in response.cookies for cookie, _path in self._cookies(name))

    def _cookies(self, name: str | int) -> Iterator[tuple[str, str]]:
        """Yield the name and path of each cookie: one for each language, because the paths differ."""
        for language, _label in settings.LANGUAGES:
            with override(language):
                yield f"{self.cookie}-{name}-{language}", reverse(self.url_name, args=[name])
