import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.utils import timezone
from wagtail.coreutils import get_content_languages
from wagtail.models import Locale, Page

from tests.factories.registrations import desk_of, event_with_desk
from verkosto.registrations.enums import PoolKind
from verkosto.registrations.models import Desk, DeskAccess, Guest, Pool, Registration


@pytest.fixture
def event(db: None) -> Any:
    """A published event with two places."""
    return event_with_desk(capacity=2)


@pytest.fixture
def desk(event: Any) -> Desk:
    return desk_of(event)


@pytest.fixture
def danish(settings: Any) -> Iterator[None]:
    """Danish, into which our texts are not translated, is a language of the site."""
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [*settings.LANGUAGES, ("da", "Danish")]
    get_content_languages.cache_clear()
    yield
    get_content_languages.cache_clear()


@pytest.fixture
def server(monkeypatch):
    """A mail server that raises what is put into ``server.errors``, one for each mail."""

    class Server:
        errors: list[Exception] = []
        sent: list = []

        def take(self, letter):
            if self.errors and (error := self.errors.pop(0)):
                raise error
            self.sent.append(letter)

    fake = Server()
    fake.errors, fake.sent = [], []
    monkeypatch.setattr("verkosto.registrations.mail.email.send_mail", fake.take)
    return fake


@pytest.fixture
def locales(db):
    return {code: Locale.objects.get_or_create(language_code=code)[0] for code in ("fi", "sv", "en")}


@pytest.fixture
def make_page(locales):
    """make_page("Tapahtumat", under=…): a live page of no particular type."""

    def make(title, under=None, language="fi", translation_key=None):
        parent = under or Page.objects.get(depth=1)
        page = Page(
            title=title,
            slug=f"page-{uuid.uuid4().hex[:8]}",
            locale=locales[language],
            translation_key=translation_key or uuid.uuid4(),
        )
        parent.add_child(instance=page)
        return page

    return make


@pytest.fixture
def make_desk(make_page):
    """make_desk("Verkostopäivä", capacity=10): an open desk with its pools, and a page."""

    def make(title="Verkostopäivä", page=None, capacity=10, **fields):
        page = page or make_page(title)
        starts_at = timezone.now() + timedelta(days=14)
        words = {"title": title, "when": "16.9.2030 klo 9–15", "url": "/fi/tapahtuma/"}
        desk = Desk.objects.create(
            translation_key=page.translation_key,
            original_language="fi",
            versions={"fi": words, "sv": {**words, "title": f"{title} på svenska"}},
            tree_path=page.path,
            capacity=capacity,
            **{"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=6), **fields},
        )
        Pool.objects.create(desk=desk, kind=PoolKind.DESK, capacity=capacity)
        Pool.objects.create(desk=desk, kind=PoolKind.WAITING)
        return desk

    return make


@pytest.fixture
def make_registration():
    """make_registration(desk, name="Aino", guests=["Eero"]): a confirmed registration that the pools count."""

    def make(desk, name="Aino Virtanen", status="confirmed", guests=(), **fields):
        email = fields.pop("email", f"{uuid.uuid4().hex[:8]}@example.org")
        holds = status == "confirmed"
        registration = Registration.objects.create(
            desk=desk,
            name=name,
            email=email,
            status=status,
            holds_place=holds,
            claims=["waiting"] if status == "waiting" else [],
            **{"language": "fi", **fields},
        )
        names = [*guests, *[""] * (registration.places - 1 - len(guests))]
        registration.guests.bulk_create(
            [Guest(registration=registration, name=name, position=n) for n, name in enumerate(names, start=1)]
        )
        pool = {"confirmed": "desk", "waiting": "waiting"}.get(status)
        if pool:
            row = desk.pools.get(kind=pool)
            row.taken += registration.places if pool == "desk" else 1
            row.save()
        return registration

    return make


@pytest.fixture
def make_staff(db):
    """make_staff(page, "change", "export"): a person of the staff whose group sees the desks under a page."""

    def make(page, *rights, username="registrar"):
        group = Group.objects.create(name=username)
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        DeskAccess.objects.create(group=group, page=page, **{f"can_{right}": True for right in rights})
        user = User.objects.create_user(username, f"{username}@example.org", "a long password for tests")
        user.groups.add(group)
        return user

    return make
