"""``python -m bench.download NAME WARM FULL``: one download in a fresh process; prints what it took as JSON.

It warms up on what has ten rows, so that imports are not counted. ``memory`` is what the peak of the process grew by.
"""

import csv
import io
import json
import resource
import sys
import time
from collections.abc import Iterable, Iterator

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 - apps first
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from verkosto.registrations.exports.rows import FIELDS  # noqa: E402
from verkosto.registrations.models import Desk  # noqa: E402

PORTION = 2000  # rows that the bare iterator reads at once
CHUNK = 64 * 1024  # characters that leave at once


def bare(key: str) -> Iterator[bytes]:
    """The same columns as CSV, with no word said and no moment turned: as fast as Django's ORM gives rows."""
    desk = Desk.objects.get(translation_key=key)
    questions = list(desk.questions.values_list("key", flat=True))
    written = io.StringIO()
    writer = csv.writer(written)
    for row in desk.registrations.order_by("pk").values_list(*FIELDS).iterator(PORTION):
        writer.writerow([*row[1:-1], *[row[-1].get(key) for key in questions]])
        if written.tell() > CHUNK:
            yield written.getvalue().encode()
            written.seek(0)
            written.truncate()
    yield written.getvalue().encode()


def download(client: Client, name: str, place: str) -> Iterable[bytes]:
    """The portions of an answer of the admin, as they leave."""
    if name.startswith("wagtail-"):
        address = reverse("wagtailforms:list_submissions", args=[place])
        response = client.get(address, {"export": name.removeprefix("wagtail-")})
    else:
        desk = Desk.objects.get(translation_key=place)
        address = reverse("verkosto_registrations_admin:export", args=[desk.pk])
        response = client.post(address, {"format": name, "language": "fi"})
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code}")
    return response.streaming_content if response.streaming else [response.content]  # type: ignore[attr-defined]


def peak() -> float:
    """The most memory that the process has had, in MiB. Linux counts in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(name: str, warm: str, full: str) -> dict[str, float]:
    """Seconds to the first byte and to the last, seconds of CPU time, MiB, bytes."""
    user, _ = get_user_model().objects.get_or_create(
        username="bench", defaults={"is_superuser": True, "is_staff": True}
    )
    # As gunicorn asks over HTTP/1.1: streamed.
    client = Client(SERVER_NAME="127.0.0.1", SERVER_SOFTWARE="gunicorn")
    client.force_login(user)

    def start(place: str) -> Iterable[bytes]:
        return bare(place) if name == "bare" else download(client, name, place)

    list(start(warm))
    before, first, size = peak(), None, 0
    began, cpu = time.perf_counter(), time.process_time()
    for portion in start(full):
        first = first or time.perf_counter() - began
        size += len(portion)
    return {
        "first": first or 0,
        "total": time.perf_counter() - began,
        "cpu": time.process_time() - cpu,
        "memory": peak() - before,
        "bytes": size,
    }


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
