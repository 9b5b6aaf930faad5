"""``python -m bench.download NAME WARM FULL``: measure one download in a new process, and print JSON.

It warms up on ten rows, so that imports are not measured. ``memory`` is the growth of the process's peak memory.
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
    """Yield the same columns as CSV without translating or converting values: the speed limit of Django's ORM."""
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


def download(client: Client, name: str, key: str) -> Iterable[bytes]:
    """Yield the chunks of a response of the admin."""
    if name.startswith("wagtail-"):
        address = reverse("wagtailforms:list_submissions", args=[key])
        response = client.get(address, {"export": name.removeprefix("wagtail-")})
    else:
        desk = Desk.objects.get(translation_key=key)
        address = reverse("verkosto_registrations_admin:export", args=[desk.pk])
        response = client.post(address, {"format": name, "language": "fi"})
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code}")
    return response.streaming_content if response.streaming else [response.content]  # type: ignore[attr-defined]


def peak() -> float:
    """Return the peak memory of the process in MiB. Linux reports it in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(name: str, warm: str, full: str) -> dict[str, float]:
    """Return the seconds to the first and the last byte, CPU seconds, MiB and bytes."""
    user, _ = get_user_model().objects.get_or_create(
        username="bench", defaults={"is_superuser": True, "is_staff": True}
    )
    # As gunicorn asks over HTTP/1.1: streamed.
    client = Client(SERVER_NAME="127.0.0.1", SERVER_SOFTWARE="gunicorn")
    client.force_login(user)

    def start(key: str) -> Iterable[bytes]:
        return bare(key) if name == "bare" else download(client, name, key)

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
