"""The content that is measured: a floor page, plain forms, event lists, a network, and pages with registration."""

import json
import sys
from datetime import UTC, datetime, timedelta

import django

django.setup()

from django.core.cache import caches  # noqa: E402 - apps first
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from wagtail.models import Page  # noqa: E402

from bench import registrations as asked  # noqa: E402
from bench.floor.models import FloorPage, PlainField, PlainFormPage  # noqa: E402
from event_pages.models import EventIndexPage, EventPage  # noqa: E402
from home.models import HomePage  # noqa: E402
from tests.factories import (  # noqa: E402
    EventPageFactory,
    EventSeriesPageFactory,
    NetworkIndexPageFactory,
    NetworkPageFactory,
    NewsPageFactory,
    PrivacyNoticeFactory,
    SmallGroupPageFactory,
    fill_event,
    home_tree,
)
from verkosto.directory.models import PrivacyNotice  # noqa: E402
from verkosto.registrations.models import Desk  # noqa: E402

WORDS = "Verkoston tapaaminen kokoaa yhteen ne, jotka kehittävät työtä ja johtamista omassa organisaatiossaan. "
NAME_AND_ADDRESS = [("Name", "singleline"), ("Email", "email")]


def event(index: EventIndexPage, number: int, **fields: object) -> EventPage:
    """Return a published event below the event list, ``number`` days from today."""
    starts_at = datetime.now(UTC).replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=1 + number)
    page = EventPage(
        title=f"Tapaaminen {number}",
        slug=f"tapaaminen-{number}",
        summary=WORDS,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        locale=index.locale,
        **fields,
    )
    index.add_child(instance=page)
    return page


def calendar(home: HomePage, slug: str) -> EventIndexPage:
    index = EventIndexPage(title="Tapahtumat", slug=slug, summary=WORDS, locale=home.locale)
    home.add_child(instance=index)
    index.save_revision().publish()
    return index


def copy_rows(model: Page, count: int) -> list[Page]:
    """Create the rows of copies of a page as its siblings, without those of its own type and without signals."""
    parent = model.get_parent()
    fields = [field for field in Page._meta.concrete_fields if field.name != "id"]
    common = {field.attname: getattr(model, field.attname) for field in fields}
    steps = range(parent.numchild + 1, parent.numchild + 1 + count)
    pages = [
        Page(
            **common
            | {
                "path": Page._get_path(parent.path, parent.depth + 1, step),
                "slug": f"kopio-{step}",
                "url_path": f"{parent.url_path}kopio-{step}/",
                "translation_key": Page._meta.get_field("translation_key").get_default(),
            }
        )
        for step in steps
    ]
    Page.objects.bulk_create(pages, batch_size=1000)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + count)
    return pages


def multiply(model: EventPage, count: int) -> None:
    """Create copies of an event as its siblings, 15 minutes apart, without sending signals."""
    pages = copy_rows(model, count)
    own = [field.column for field in EventPage._meta.local_concrete_fields]
    timed = ("sort_start", "sort_end", "starts_at", "ends_at")
    chosen = ", ".join("%s" if column in ("page_ptr_id", *timed) else f'"{column}"' for column in own)
    names = ", ".join(f'"{column}"' for column in own)
    table = EventPage._meta.db_table
    order = [column for column in own if column in ("page_ptr_id", *timed)]

    def values(page: Page, number: int) -> list[object]:
        later = timedelta(minutes=15 * number)
        moved = {name: connection.ops.adapt_datetimefield_value(getattr(model, name) + later) for name in timed}
        return [page.pk if column == "page_ptr_id" else moved[column] for column in order]

    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({names}) SELECT {chosen} FROM {table} WHERE page_ptr_id = {model.pk}",  # noqa: S608 - our own names
            [values(page, number) for number, page in enumerate(pages, 1)],
        )


def registrable(index: EventIndexPage, number: int, capacity: int | None, **more: object) -> EventPage:
    """Return a published event with registration. Publishing creates its desk."""
    notice = PrivacyNotice.objects.first() or PrivacyNoticeFactory()
    facts = {"waiting_list": True, "privacy_notice": notice} | more
    page = event(index, number, registration_enabled=True, capacity=capacity, **facts)
    page.save_revision().publish()
    return page


def plain_form(home: HomePage, slug: str, fields: list[PlainField]) -> PlainFormPage:
    form = PlainFormPage(title="Form", slug=slug)
    form.form_fields = fields
    home.add_child(instance=form)
    return form


def network(home: HomePage) -> Page:
    """Return a network with two seasons of events, groups and news."""
    page = NetworkPageFactory(parent=NetworkIndexPageFactory(parent=home))
    for _ in range(2):
        season = EventSeriesPageFactory(parent=page)
        for _ in range(6):
            EventPageFactory(parent=season)
    for _ in range(6):
        SmallGroupPageFactory(parent=page)
        NewsPageFactory(parent=page)
    return page


def build(few: int, many: int, places: int, bursts: int) -> dict[str, object]:
    """Fill an empty database. Return the paths to measure and the translation keys of the desks."""
    with transaction.atomic():
        homes: dict[str, HomePage] = home_tree()
        home = homes["fi"]
        floor = home.add_child(instance=FloorPage(title="Floor", slug="floor", body=[("paragraph", WORDS * 5)]))
        form = plain_form(
            home, "form", [PlainField(label=label, field_type=kind, required=True) for label, kind in NAME_AND_ADDRESS]
        )
        index, long_index = calendar(home, "tapahtumat"), calendar(homes["sv"], "evenemang")
        simple = fill_event(event(index, 0), 5)
        multiply(simple, few - 1)
        multiply(event(long_index, 0), many - 1)
    open_event = registrable(index, 100, capacity=1_000_000)
    full = [registrable(index, 101 + number, capacity=places) for number in range(bursts)]
    pages = {
        "floor": floor,
        "home": home,
        "event": simple,
        "event with its form": open_event,
        f"event list, {few} events": index,
        f"event list, {many:,} events": long_index,
        "network": network(home),
        "plain form": form,
    }
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {
        "paths": {name: page.get_url() for name, page in pages.items()},
        "open": str(open_event.translation_key),
        "bursts": [str(page.translation_key) for page in full],
    }


def build_answers(count: int) -> dict[str, object]:
    """Create a desk and a plain form with ``count`` answers each, and the same without answers, for warming up."""
    home = HomePage.objects.filter(locale__language_code="fi").first() or home_tree()["fi"]
    index = EventIndexPage.objects.child_of(home).first() or calendar(home, "tapahtumat")
    keys, forms = [], []
    for name, number in (("warm", 10), ("full", count)):
        page = registrable(index, 200 + number, None, questions=asked.blocks())
        desk = Desk.objects.get(translation_key=page.translation_key)
        asked.fill_desk(desk, number)
        form = plain_form(home, f"answers-{name}", asked.plain_fields())
        asked.fill_form(form, number)
        keys.append(str(desk.translation_key))
        forms.append(form.pk)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"desks": keys, "forms": forms}


def queries(*paths: str) -> list[tuple[int, int]]:
    """Return for each path the query counts of a request with empty caches and of the next one."""
    client = Client(SERVER_NAME="127.0.0.1")
    counts = []
    for path in paths:
        client.get(path)
        for each in caches.all():
            each.clear()
        caches["shared"].clear()
        asked_for = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as captured:
                if client.get(path).status_code != 200:
                    raise RuntimeError(path)
            asked_for.append(len(captured))
        counts.append((asked_for[0], asked_for[1]))
    return counts


def taken(*keys: str) -> list[int]:
    """Return the confirmed places of each desk, counted from its registrations."""
    desks = [Desk.objects.get(translation_key=key) for key in keys]
    return [desk.registrations.filter(status="confirmed").count() for desk in desks]


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["build", *numbers]:
            print(json.dumps(build(*map(int, numbers))))
        case ["answers", count]:
            print(json.dumps(build_answers(int(count))))
        case ["queries", *paths]:
            print(json.dumps(queries(*paths)))
        case ["taken", *keys]:
            print(json.dumps(taken(*keys)))
