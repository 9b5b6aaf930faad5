"""Events and bare pages for the measurement of API lists: as many of each. Prints the addresses of a list of each."""

import json
import sys

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 - apps first

from bench.content import WORDS, calendar, copy_rows, event, multiply  # noqa: E402
from bench.floor.models import FloorPage  # noqa: E402
from home.models import HomePage  # noqa: E402
from tests.factories import home_tree  # noqa: E402

LIMIT = 20


def build(count: int) -> dict[str, str]:
    """Return the address of the API's list of events, and that of Wagtail's own list of bare pages."""
    with transaction.atomic():
        home = HomePage.objects.filter(locale__language_code="fi").first() or home_tree()["fi"]
        multiply(event(calendar(home, "rajapinta"), 0), count - 1)
        multiply_floor(
            home.add_child(instance=FloorPage(title="Floor", slug="api", body=[("paragraph", WORDS)])), count - 1
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {
        "events": f"/api/v1/events?lang=fi&time=all&limit={LIMIT}",
        "floor": f"/floor-api/pages/?type=floor.FloorPage&fields=body&limit={LIMIT}",
    }


def multiply_floor(model: FloorPage, count: int) -> None:
    """Create copies of a bare page as its siblings."""
    copies = [(page.pk,) for page in copy_rows(model, count)]
    table = FloorPage._meta.db_table
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (page_ptr_id, body) SELECT %s, body FROM {table} WHERE page_ptr_id = {model.pk}",  # noqa: S608 - our own names
            copies,
        )


if __name__ == "__main__":
    print(json.dumps(build(int(sys.argv[1]))))
