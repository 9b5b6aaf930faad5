"""Every address of the site × role × method, with one of everything in two parts of the site.

``table.txt`` says who may open what, and begins with how to read it. Each role has its rights in the *own* part: a
series of events, a network and a collection. The *foreign* part is private, and everything in it holds a secret word:
what staff, registrants and members of one part see of another. After a change of the URL configuration or of rights
write the table anew with ``ACCESS_TABLE=write pytest tests/access``, and read the difference line by line: every cell
has to be right. What needs a reason is in ``reviewed.py``.
"""

import os
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import pytest_django
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client, TestCase
from django.utils import translation

from tests.access import reviewed
from tests.access.addresses import Address, addresses
from tests.access.roles import ROLES, Role
from tests.access.world import SECRET, build

pytestmark = [pytest.mark.django_db, pytest.mark.minutes]
TABLE = Path(__file__).with_name("table.txt")
WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)')

#: A table in which any request notes that it was made: sessions with their messages.
SESSIONS = {"django_session"}
WIDTH = 5
HEADER = """\
# Who may open what: a line is an address or a bulk action, a column a role (tests/access/roles.py):
#   anon   nobody signed in                       edit   editors of a series and a collection
#   part   a registrant and member, by the links  trans  translators of the series into Swedish
#   acct   an account without rights              regis  registrars of the series, a network and a programme
#   staff  the admin without rights               moder  editors who publish and approve
#   check  who checks in, on the day of an event  prot   who answers for the personal data of the same parts
#   super  a superuser, of everything
# A cell is GET and POST with an empty form; after "/" the same for what belongs to the other, private part.
#   +  answered        c  answered, and changed something      .  refused: sent to sign in, 403 or 404
#   -  not offered: 405    x  answered, but the empty form fails
# An empty cell is not asked: tests/access/reviewed.py says why. ACCESS_TABLE=write pytest tests/access writes this file.
#
# anon  part  acct  staff edit  trans regis check prot  moder super
"""


@dataclass(frozen=True)
class Answer:
    """What one request got; ``HEADER`` explains the signs."""

    role: Role
    key: str
    part: str
    method: str
    path: str
    sign: str
    status: int
    error: str
    shows_secret: bool
    writes: frozenset[str]


@pytest.fixture(scope="module")
def answers(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> list[Answer]:
    """Ask everything once."""
    with django_db_blocker.unblock(), transaction.atomic():
        with TestCase.captureOnCommitCallbacks(execute=True), translation.override("fi"):
            world = build()
            every = [each for each in addresses() if each.key not in reviewed.NOT_ASKED]
        found = []
        for role in ROLES:
            client = Client(raise_request_exception=False)
            role.sign_in(client, world)
            for address in every:
                if role.name not in reviewed.FEW and address.key.startswith(tuple(reviewed.ASKED_OF_FEW)):
                    continue
                for part, path in address.paths(role, world).items():
                    found += [ask(client, role, address, part, method, path) for method in ("get", "post")]
        transaction.set_rollback(True)
    cache.clear()
    return found


def ask(client: Client, role: Role, address: Address, part: str, method: str, path: str) -> Answer:
    """Make one request, and take back what it did."""
    cookies = client.cookies.copy()
    with transaction.atomic(), recorded_writes() as writes:
        response = getattr(client, method)(path)
        error = repr(response.exc_info[1]) if response.exc_info else ""
        shown = SECRET in (content(response) + str(response.headers)).lower()
        transaction.set_rollback(True)
    client.cookies = cookies
    if writes:
        cache.clear()
    changed = writes - {*reviewed.NOTES_OF_GET, *(reviewed.COUNTS_OF_GET if method == "get" else ())}
    sign = sign_of(response, has_changed=bool(changed))
    sign = "c" if sign == "+" and method == "post" and changed else sign
    return Answer(role, address.key, part, method, path, sign, response.status_code, error, shown, frozenset(writes))


def sign_of(response: HttpResponseBase, *, has_changed: bool) -> str:
    status = response.status_code
    if status in (301, 302):
        target = str(response.headers["Location"])
        # Wagtail refuses with a message on the admin's home page.
        return "." if "/login/" in target or (target == "/admin/" and not has_changed) else "+"
    if status in (401, 403, 404):
        return "."
    if status == 405:
        return "-"
    return "+" if status < 400 or status == 422 else "x"


def content(response: HttpResponseBase) -> str:
    """Return the body as text; that of a spreadsheet unpacked."""
    body = b"".join(response) if response.streaming else getattr(response, "content", b"")  # type: ignore[call-overload]
    if body[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(body)) as parts:
            body = b"".join(parts.read(name) for name in parts.namelist())
    return str(body.decode("utf-8", "replace"))


@contextmanager
def recorded_writes() -> Iterator[set[str]]:
    """Collect the names of the tables that are written to."""
    tables: set[str] = set()

    def record(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if found := WRITES.match(sql):
            tables.add(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(record):
        yield tables


def table_of(answers: list[Answer]) -> dict[str, str]:
    """Return the lines of the table by address."""
    cells: dict[str, dict[str, dict[str, str]]] = {}
    for each in answers:
        parts = cells.setdefault(each.key, {}).setdefault(each.role.name, {})
        parts[each.part] = parts.get(each.part, "") + each.sign
    names = [role.name for role in ROLES]
    return {
        key: " ".join("/".join(of_role.get(name, {}).values()).ljust(WIDTH) for name in names)
        for key, of_role in cells.items()
    }


def written_table() -> dict[str, str]:
    length = len(ROLES) * (WIDTH + 1)
    lines = TABLE.read_text().splitlines() if TABLE.exists() else []
    return {line[length:]: line[: length - 1] for line in lines if not line.startswith("#")}


def test_every_address_has_a_line(answers: list[Answer]) -> None:
    """A new view cannot be forgotten."""
    found = table_of(answers)
    if os.environ.get("ACCESS_TABLE") == "write":
        TABLE.write_text(HEADER + "".join(f"{cells} {key}\n" for key, cells in found.items()))
    what_to_do = (
        "write the table anew with ACCESS_TABLE=write pytest tests/access, and check who may open the new ones"
    )
    assert sorted({*found} - {*written_table()}) == [], f"not in tests/access/table.txt: {what_to_do}"
    assert sorted({*written_table()} - {*found}) == [], f"in tests/access/table.txt, but no address: {what_to_do}"


def test_everybody_may_open_what_the_table_says(answers: list[Answer]) -> None:
    expected = written_table()
    wrong = {key: (cells, expected.get(key)) for key, cells in table_of(answers).items() if expected.get(key) != cells}
    lines = [f"{found} {key}\n{line} as the table has it" for key, (found, line) in wrong.items()]
    assert not wrong, "\n".join([HEADER.splitlines()[-1][2:], *lines])


def test_every_address_opens_for_somebody(answers: list[Answer]) -> None:
    """Otherwise the line would only say that the address is wrong."""
    opened = {each.key for each in answers if each.sign in "+cx"}
    few = tuple(reviewed.ASKED_OF_FEW)
    assert {each.key for each in answers if not each.key.startswith(few)} - opened == {*reviewed.CLOSED}


def test_nothing_of_the_foreign_part_is_shown(answers: list[Answer]) -> None:
    """No title, name or address of another part: also a member sees nothing of another network, nor do its staff."""
    shown = [each for each in answers if each.shows_secret and not each.role.sees_all]
    assert {each.key for each in shown} == {*reviewed.SHOWS_NAMES}
    assert {(each.key, each.role.name) for each in shown if each.sign not in "+c" or not each.role.in_admin} == set()


def test_get_changes_nothing(answers: list[Answer]) -> None:
    written = {(each.key, name) for each in answers if each.method == "get" for name in each.writes}
    notes = {*reviewed.NOTES_OF_GET, *reviewed.COUNTS_OF_GET}
    assert {(key, name) for key, name in written if name not in notes} == set()


def test_post_changes_nothing_without_a_right(answers: list[Answer]) -> None:
    """Neither where it is refused, nor in the foreign part, nor by people without any right."""
    posts = [each for each in answers if each.method == "post" and not each.role.sees_all]
    without = [each for each in posts if each.sign in ".-" or each.part == "foreign" or each.role.name in reviewed.FEW]
    written = {(each.key, name) for each in without for name in each.writes - SESSIONS}
    assert written <= {(key, name) for key, names in reviewed.OWN_WRITES.items() for name in names}


def test_nothing_fails(answers: list[Answer]) -> None:
    failed = {(each.key, each.method): each.error for each in answers if each.status >= 500}
    assert failed == {}
