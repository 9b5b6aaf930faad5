"""``python -m bench.search_pages COUNT``: searches of a site with many pages, and the floor page, as JSON.

Each page is asked to warm up and then several times, alternating with the floor page: the keys found are kept until the
content changes, so the first answer is measured apart.
"""

from __future__ import annotations

import json
import sys
import time

import django

django.setup()

from django.db import connection  # noqa: E402 - apps first
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from modelsearch.backends import get_search_backend  # noqa: E402
from wagtail.models import Page  # noqa: E402

from bench.content import WORDS, calendar, event, multiply  # noqa: E402
from bench.floor.models import FloorPage  # noqa: E402
from event_pages.models import EventPage  # noqa: E402
from home.models import HomePage  # noqa: E402
from tests.factories import home_tree  # noqa: E402
from verkosto.core.content_cache import renew_content_version  # noqa: E402

ROUNDS = 7
SUBJECTS = 100
BATCH = 1000
SEARCHES = {
    "a word of one page in a hundred": "aihepiiri37",
    "a part of a word, typed without accents": "tyotapa12",
    "a word of every page": "verkosto",
    "a phrase": '"kokoaa yhteen"',
    "nothing": "xyzzyxyzzy",
}


def fill(count: int) -> None:
    """Create and index ``count`` events with a subject each."""
    home = HomePage.objects.filter(locale__language_code="fi").first() or home_tree()["fi"]
    if not FloorPage.objects.filter(slug="floor").exists():
        home.add_child(instance=FloorPage(title="Floor", slug="floor", body=[("paragraph", WORDS * 5)]))
    index = calendar(home, "haettavat")
    multiply(event(index, 0), count - 1)
    events = list(EventPage.objects.child_of(index).order_by("path"))
    for number, page in enumerate(events):
        subject = number % SUBJECTS
        page.title = f"Tapaaminen {number}: aihepiiri{subject} ja yhteistyötapa{subject}"
    Page.objects.bulk_update(events, ["title"], batch_size=BATCH)
    backend = get_search_backend()
    for start in range(0, len(events), BATCH):
        backend.add_bulk(EventPage, events[start : start + BATCH])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def seconds(client: Client, path: str, data: dict[str, str] | None = None) -> float:
    began = time.perf_counter()
    status = client.get(path, data).status_code
    if status != 200:
        raise RuntimeError(f"{path}: {status}")
    return time.perf_counter() - began


def main(count: int) -> dict[str, dict[str, list[float]]]:
    """Return for each search its seconds, those of the floor page in the same rounds, and its queries."""
    fill(count)
    client = Client(SERVER_NAME="127.0.0.1")
    found: dict[str, dict[str, list[float]]] = {}
    for name, query in SEARCHES.items():
        first = []
        for _ in range(3):
            renew_content_version()
            seconds(client, "/fi/floor/")
            first.append(seconds(client, "/fi/search/", {"q": query}))
        with CaptureQueriesContext(connection) as captured:
            client.get("/fi/search/", {"q": query})
        queries = len(captured)  # the log is emptied by the next request
        rounds = [(seconds(client, "/fi/floor/"), seconds(client, "/fi/search/", {"q": query})) for _ in range(ROUNDS)]
        floors, own = zip(*rounds, strict=True)
        found[name] = {"seconds": list(own), "floor": list(floors), "queries": [queries], "first": first}
        print(f"{name}: {min(own):.4f} s, floor {min(floors):.4f} s", file=sys.stderr, flush=True)
    return found


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
