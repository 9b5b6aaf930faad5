"""People with rights, and their tokens."""

import datetime

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone
from wagtail.models import Page

from event_pages.models import EventPage
from tests.factories.registrations import event_with_desk, question
from verkosto.api.models import ApiToken
from verkosto.api.tokens import create_token
from verkosto.registrations.models import DeskAccess


def registrar(page: Page, *rights: str, name: str = "rekisteri") -> User:
    """Return a person with rights to the registrations of a page and those below it."""
    user = User.objects.create_user(name, f"{name}@example.fi")
    group = Group.objects.create(name=name)
    user.groups.add(group)
    DeskAccess.objects.create(group=group, page=page, **{f"can_{right}": True for right in rights})
    return user


def token_for(user: User, *rights: str, page: Page | None = None, days: int = 30) -> str:
    """Return a new token of a person."""
    given = {f"can_{right}": right in rights for right in ("read", "change", "check_in")}
    expires_on = timezone.localdate() + datetime.timedelta(days=days)
    return create_token(token=ApiToken(name="Kassa", page=page, expires_on=expires_on, **given), user=user)


def bearer(token: str, **more: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", **more}


@pytest.fixture
def event(db: None) -> EventPage:
    """An event with ten places and three questions, one of them sensitive."""
    questions = [
        question("choice", "Työpaja", choices=["Aamu", "Ilta"], required=True),
        question("text", "Toive"),
        question("dietary_needs", "Ruokavalio"),
    ]
    return event_with_desk(questions=questions, capacity=10)


@pytest.fixture
def staff(event: EventPage) -> User:
    return registrar(event, "see", "change")


@pytest.fixture
def token(staff: User) -> str:
    return token_for(staff, "read", "change", "check_in")
