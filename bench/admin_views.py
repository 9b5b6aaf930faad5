"""``python -m bench.admin_views FEW MANY``: views of the admin at a desk that grows, as JSON.

Each view is asked once to warm up and then three times; the fastest counts, because the machine may be busy.
"""

from __future__ import annotations

import json
import sys
import time

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 - apps first
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from bench import registrations as asked  # noqa: E402
from bench.content import calendar, registrable  # noqa: E402
from event_pages.models import EventIndexPage, EventPage  # noqa: E402
from home.models import HomePage  # noqa: E402
from tests.factories import home_tree  # noqa: E402
from verkosto.registrations.models import Desk, Message, Registration  # noqa: E402

ROUNDS = 3
PAGE = 50  # registrations on a page of the list
PER_MESSAGE = 10  # registrations for each message
SOUGHT = "Äijälä"


def paths(page: EventPage, desk: Desk, count: int) -> dict[str, str]:
    """Return the addresses of the views; ``count`` is the number of registrations."""

    def of_desk(name: str, *more: object) -> str:
        return reverse(f"verkosto_registrations_admin:{name}", args=[desk.pk, *more])

    registrations, messages = of_desk("registrations"), reverse("verkosto_registrations_admin:messages")
    one = desk.registrations.get(name__endswith=SOUGHT)
    return {
        "admin's first page": reverse("wagtailadmin_home"),
        "explorer": reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
        "desks": reverse("verkosto_registrations_admin:desks"),
        "registrations": registrations,
        "registrations, by name": f"{registrations}?ordering=name",
        "registrations, confirmed": f"{registrations}?status=confirmed",
        "registrations, a late page": f"{registrations}?p={max(1, count * 9 // 10 // PAGE)}",
        "registrations, a name sought": f"{registrations}?q={SOUGHT}",
        "a registration": of_desk("registration", one.pk),
        "check-in, a name sought": f"{of_desk('check_in')}?q={SOUGHT}",
        "statistics": of_desk("statistics"),
        "duplicates": of_desk("duplicates"),
        "printed list, a part": of_desk("attendance_list"),
        "badges, a part": of_desk("badges"),
        "export, the form": of_desk("export"),
        "messages": messages,
        "messages, an address sought": f"{messages}?q=osallistuja7@example.fi",
        "translations": reverse("verkosto_localisation:dashboard"),
    }


def fill(desk: Desk, start: int, end: int) -> None:
    """Create the registrations and messages from ``start`` to ``end``."""
    asked.fill_desk(desk, end, start=start)
    rows = desk.registrations.order_by("pk").values_list("pk", "email")[start:end:PER_MESSAGE]
    Message.objects.bulk_create(
        (
            Message(
                desk=desk,
                registration_id=pk,
                kind="confirmed",
                recipient=email,
                language="fi",
                state="sent",
                subject="Ilmoittautumisesi on vahvistettu",
            )
            for pk, email in rows
        ),
        batch_size=asked.BATCH,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def spent(client: Client, path: str) -> dict[str, float]:
    """Return the seconds and the queries of a view."""
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        status = client.get(path).status_code
    if status != 200:
        raise RuntimeError(f"{path}: {status}")
    queries, times = len(captured), []  # the log is emptied by the next request
    for _ in range(ROUNDS):
        began = time.perf_counter()
        client.get(path)
        times.append(time.perf_counter() - began)
    return {"seconds": min(times), "queries": queries}


def main(few: int, many: int) -> dict[str, list[dict[str, float]]]:
    """Fill one desk in two steps. Return for each view what it took after each."""
    home = HomePage.objects.filter(locale__language_code="fi").first() or home_tree()["fi"]
    index = EventIndexPage.objects.child_of(home).first() or calendar(home, "tapahtumat")
    page = registrable(index, 900, None, questions=asked.blocks())
    desk = Desk.objects.get(translation_key=page.translation_key)
    Registration.objects.create(
        desk=desk, name=f"Aino {SOUGHT}", email="aino@example.fi", language="fi", status="confirmed", holds_place=True
    )
    user = get_user_model().objects.create_superuser("growth", "growth@example.fi", "not-a-secret")
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    found: dict[str, list[dict[str, float]]] = {}
    for start, end in ((0, few), (few, many)):
        fill(desk, start, end)
        for name, path in paths(page, desk, end).items():
            found.setdefault(name, []).append(spent(client, path))
            print(f"{end:,} {name}: {found[name][-1]}", file=sys.stderr, flush=True)
    return found


if __name__ == "__main__":
    print(json.dumps(main(*map(int, sys.argv[1:]))))
