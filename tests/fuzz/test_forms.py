"""Every form of the URL configuration with hostile content: never an error, and never a text lost.

The forms are read from the pages that the addresses of ``tests/access`` answer, as the role whose they are. In the suite
each form of ours is sent once, always with the same content. With ``FUZZ`` those of Wagtail are sent as well, and all of
them more often, each time with other content, and by a superuser too. What a reviewer decided is in ``reviewed.py``.
"""

from __future__ import annotations

import traceback
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_django
from django.contrib.messages import ERROR, get_messages
from django.core.cache import cache
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpResponseBase
from django.test import Client, TestCase
from django.urls import Resolver404, resolve
from django.utils import translation
from hypothesis import given

from tests.access.addresses import Address, addresses
from tests.access.reviewed import NOT_ASKED
from tests.access.roles import ROLES, Role
from tests.access.test_matrix import WIDTH, written_table
from tests.access.world import World, build
from tests.fuzz import endpoints, reviewed
from tests.fuzz.editors import added_by_scripts
from tests.fuzz.forms import TYPED, Data, Form, forms_of, send, submissions
from tests.fuzz.texts import FACTOR, only_generated
from verkosto.core.text import clean_name, clean_text, has_visible_character

pytestmark = [pytest.mark.django_db, pytest.mark.minutes]
EXAMPLES = 1  # of each form
RIGHTFUL = ("part", "regis", "edit", "moder", "trans", "super")
Findings = dict[str, dict[str, str]]


@dataclass
class Site:
    """The world of the access matrix, and a client for each role."""

    world: World
    clients: dict[str, Client]


@pytest.fixture(scope="module")
def findings(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Findings:
    """Send every form, and return what was wrong: for each kind of fault the form and what was sent."""
    found: Findings = defaultdict(dict)
    with django_db_blocker.unblock(), transaction.atomic():
        with TestCase.captureOnCommitCallbacks(execute=True), translation.override("fi"):
            site = Site(build(), {})
        for role in ROLES:
            site.clients[role.name] = Client(raise_request_exception=False)
            role.sign_in(site.clients[role.name], site.world)
        for role, name, form in every_form(site):
            fuzz(site.clients[role.name], name, form, found)
        for address in addresses():
            if endpoints.is_asked(address.key) and not is_left_out(address):
                fuzz_endpoint(site.clients["super"], address.key, address.path(site.world.foreign), found)
        transaction.set_rollback(True)
    cache.clear()
    return found


def every_form(site: Site) -> Iterator[tuple[Role, str, Form]]:
    """Yield each form once for each role that sends it, with a name: its action's address and its fields."""
    seen = set()
    for address in addresses():
        if is_left_out(address):
            continue
        for role in roles_of(address):
            path = address.path(role.part(site.world))
            for form in forms_at(site.clients[role.name], path):
                name = name_of(form)
                # A list has one search form, whatever is in it.
                known = (role.name if FACTOR > 1 else "", name, form.names if form.method == "post" else "")
                if name and known not in seen:
                    seen.add(known)
                    yield role, name, form


def is_left_out(address: Address) -> bool:
    """Return whether an address is one of Wagtail's that nobody asks or, without ``FUZZ``, any of Wagtail's."""
    left_out = (*reviewed.SAME_FORMS, *(reviewed.WAGTAILS_OWN if FACTOR == 1 else ()))
    return address.key in NOT_ASKED or address.key.startswith(left_out)


def roles_of(address: Address) -> list[Role]:
    """Return the role whose address it is, by the table of the access matrix; with ``FUZZ`` a superuser too."""
    cells = written_table().get(address.key, "").ljust(len(ROLES) * (WIDTH + 1))
    signs = {role.name: cells[at * (WIDTH + 1)] for at, role in enumerate(ROLES)}
    first = next((name for name in RIGHTFUL if signs[name] == "+"), "")
    wanted = {first, "super"} if FACTOR > 1 and address.is_admin else {first}
    return [role for role in ROLES if role.name in wanted and signs[role.name] == "+"]


def forms_at(client: Client, path: str) -> list[Form]:
    response = client.get(path)
    if not is_html(response):
        return []
    forms = forms_of(response.content.decode(), path)
    scripts = {name: value for form in forms_in_context(response) for name, value in added_by_scripts(form).items()}
    editor = max(forms, key=lambda form: len(form.fields), default=None)
    return [form.with_scripts(scripts) if form is editor else form for form in forms]


def name_of(form: Form) -> str:
    """Return the name of the address that a form is sent to; "" for one of another site or none."""
    try:
        return str(resolve(form.action.partition("?")[0]).view_name or "")
    except Resolver404:
        return ""


def fuzz(client: Client, name: str, form: Form, found: Findings) -> None:
    @given(sent=submissions(form))
    @only_generated(EXAMPLES)
    def submit(sent: tuple[str, Data]) -> None:
        way, data = sent
        cookies = client.cookies.copy()
        with transaction.atomic():
            for kind, what in faults(client, form, data, is_typed=way == TYPED and not form.is_scripted):
                found[kind].setdefault(name, f"{way}: {what}")
            transaction.set_rollback(True)
        client.cookies = cookies
        cache.clear()

    submit()


def fuzz_endpoint(client: Client, key: str, path: str, found: Findings) -> None:
    @given(asked=endpoints.requests(path))
    @only_generated(EXAMPLES)
    def ask(asked: dict[str, Any]) -> None:
        cookies = client.cookies.copy()
        with transaction.atomic():
            response = client.generic(**asked)
            if response.status_code >= 500:
                error = getattr(response, "exc_info", (None, None))[1]
                found["failed"].setdefault(key, f"{asked!a:.300}: {described(error)}")
            transaction.set_rollback(True)
        client.cookies = cookies
        cache.clear()

    ask()


def faults(client: Client, form: Form, data: Data, *, is_typed: bool) -> Iterator[tuple[str, str]]:
    """Send a form. Yield the kinds of its faults, and what was sent; ``is_typed`` if a person can have typed all of it."""
    try:
        with TestCase.captureOnCommitCallbacks(execute=True):
            response = send(client, form, data)
    except Exception as error:
        yield "failed", described(error)
        return
    if response.status_code >= 500:
        error = getattr(response, "exc_info", (None, None))[1]
        yield "failed", described(error)
    elif response.status_code == 400 and is_typed:
        yield "lost", "everything: status 400"
    elif form.method == "post" and is_refused(response):
        texts = typed_texts(form, data)
        shown = shown_texts(response, form) if is_html(response) else {}
        for field, text in texts.items():
            if not is_same(text, shown.get(field)):
                yield "lost", f"{field} {text[:60]!a} is {str(shown.get(field))[:60]!a}"
    elif form.method == "post" and response.status_code == 302 and name_of(form).endswith(reviewed.SHOWN_AGAIN):
        again = {each.names: each for each in forms_at(client, form.action)}.get(form.names)
        shown = {field.name: field.values[0] for field in again.fields if field.values} if again else {}
        for field, text in typed_texts(form, data).items():
            if field in shown and not is_same(text, shown[field]):
                yield "changed", f"{field} {text[:60]!a} is {shown[field][:60]!a}"


def described(error: BaseException | None) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-3:] if error else []
    where = " < ".join(
        f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno}" for frame in reversed(frames)
    )
    return f"{error!r:.300} at {where}"


def is_html(response: HttpResponseBase) -> bool:
    return not response.streaming and response.headers.get("Content-Type", "").startswith("text/html")


def forms_in_context(response: Any) -> list[BaseForm]:
    """Return the forms that the page was made from."""
    found: dict[int, BaseForm] = {}
    for context in response.context or ():
        for values in getattr(context, "dicts", [context]):
            found |= {id(each): each for each in values.values() if isinstance(each, BaseForm)}
    return [*found.values()]


def is_refused(response: Any) -> bool:
    if response.status_code in (200, 422) and is_html(response):
        # A form that the view has not validated is not validated here: its files are closed.
        return any(form._errors for form in forms_in_context(response))
    messages = get_messages(response.wsgi_request) if response.status_code == 302 else ()
    return any(message.level >= ERROR for message in messages)


def typed_texts(form: Form, data: Data) -> dict[str, str]:
    """Return what a person typed, without passwords, which no page repeats."""
    typed = [field.name for field in form.fields if field.kind == "typed" and "password" not in field.name]
    return {
        name: str(data[name][-1]) for name in typed if has_visible_character("".join(map(str, data.get(name, []))))
    }


def shown_texts(response: Any, form: Form) -> dict[str, str]:
    """Return the values of the same fields in the answer."""
    shown: dict[str, str] = {}
    for each in forms_of(response.content.decode(), form.action):
        if each.names & form.names:
            shown |= {field.name: field.values[-1] for field in each.fields if field.values}
    return shown


def is_same(typed: str, shown: str | None) -> bool:
    """Return whether the text is shown, whatever spaces and characters without a shape are left out.

    More may be shown: what was in a file.
    """

    def bare(text: str) -> str:
        return "".join(clean_text(text).split()).casefold()

    return shown is not None and (bare(typed) in bare(shown) or clean_name(typed) == clean_name(shown))


@pytest.mark.parametrize("kind", ["failed", "lost", "changed"])
def test_no_form_is_broken_by_what_is_typed(findings: Findings, kind: str) -> None:
    expected = getattr(reviewed, kind.upper())
    found = {name: what for name, what in findings[kind].items() if name not in expected}
    assert not found, "\n".join(f"{name}\n    {what}" for name, what in found.items())
