"""The sessions of accounts: when they end, and which ones an account has."""

from __future__ import annotations

import time
from importlib import import_module

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import QuerySet
from django.http import HttpRequest

from verkosto.accounts import conf
from verkosto.accounts.browsers import browser_name
from verkosto.accounts.models import SignIn

# In the session: when it began and was used last, in seconds since 1970, and its row with the key that the row has.
BEGAN, USED, ROW = "verkosto_accounts_began", "verkosto_accounts_used", "verkosto_accounts_row"
STEP = 60  # seconds: the last use is noted at most once in these


def begin(request: HttpRequest) -> None:
    """Note when the session began. Called for every sign-in, whatever it was proved with."""
    request.session[BEGAN] = request.session[USED] = time.time()


def is_over(request: HttpRequest) -> bool:
    """Return whether the session has lasted, or has not been used, for longer than the settings allow."""
    now = time.time()
    hours, minutes = conf.session_hours(), conf.idle_minutes()
    began, used = (float(request.session.get(key, 0)) for key in (BEGAN, USED))
    return bool((hours and now - began > hours * 3600) or (minutes and now - used > minutes * 60))


def note_use(request: HttpRequest) -> None:
    """Note that the session is being used, if that matters."""
    if conf.idle_minutes() and time.time() - float(request.session.get(USED, 0)) > STEP:
        request.session[USED] = time.time()


def note_sign_in(request: HttpRequest, user: User, *, provider_session: str = "") -> SignIn:
    """Write the row of a new session."""
    key = _key(request.session)
    row, _new = SignIn.objects.update_or_create(
        session_key=key,
        defaults={"user": user, "browser": browser_name(request)[:60], "provider_session": provider_session},
    )
    request.session[ROW] = [row.pk, key]
    return row


def follow_key(request: HttpRequest) -> None:
    """Give the row the session's new key, if it has got one, as after a change of the password."""
    pk, key = request.session.get(ROW) or (0, "")
    if pk and key != request.session.session_key:
        request.session[ROW] = [pk, _key(request.session)]
        SignIn.objects.filter(pk=pk).update(session_key=_key(request.session))


def forget(request: HttpRequest) -> None:
    """Delete the row of a session that ends."""
    SignIn.objects.filter(session_key=request.session.session_key or "").delete()


def others(request: HttpRequest, user: User) -> QuerySet[SignIn]:
    """Return the account's other sessions."""
    return SignIn.objects.filter(user=user).exclude(session_key=request.session.session_key or "")


def end(rows: QuerySet[SignIn]) -> int:
    """End sessions. Return how many."""
    keys = list(rows.values_list("session_key", flat=True))
    for key in keys:
        _stored(key).delete()
    SignIn.objects.filter(session_key__in=keys).delete()
    return len(keys)


def delete_ended() -> int:
    """Delete the rows of sessions that no longer exist. Return how many. A query for each row: once a day."""
    ended = [
        row.pk for row in SignIn.objects.only("session_key") if not _stored(row.session_key).exists(row.session_key)
    ]
    return SignIn.objects.filter(pk__in=ended).delete()[0]


def _stored(key: str) -> SessionBase:
    store: SessionBase = import_module(settings.SESSION_ENGINE).SessionStore(key)
    return store


def _key(session: SessionBase) -> str:
    if not session.session_key:
        session.create()
    return str(session.session_key)
