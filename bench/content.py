"""What is measured: a floor, a plain form, a calendar of many events, and desks to register at."""

import json
import sys
from datetime import UTC, datetime, timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - apps first
from django.db import transaction  # noqa: E402

from bench.floor.models import FloorPage, PlainField, PlainFormPage  # noqa: E402
from directory.models import PrivacyNotice  # noqa: E402
from event_pages.models import EventIndexPage, EventPage  # noqa: E402
from home.models import HomePage  # noqa: E402
from registrations.models import Desk  # noqa: E402
from tests.factories import PrivacyNoticeFactory, home_tree  # noqa: E402

WORDS = "Verkoston tapaaminen kokoaa yhteen ne, jotka kehittävät työtä ja johtamista omassa organisaatiossaan. "


def event(index: EventIndexPage, number: int, **fields: object) -> EventPage:
    """A published event below the calendar, ``number`` days from today."""
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


def registrable(index: EventIndexPage, number: int, capacity: int) -> EventPage:
    """A published event that takes registrations, through the publishing that makes its desk."""
    notice = PrivacyNotice.objects.first() or PrivacyNoticeFactory()
    more = {"waiting_list": True, "privacy_notice": notice}
    page = event(index, number, registration_enabled=True, capacity=capacity, **more)
    page.save_revision().publish()
    return page


def build(events: int, places: int, bursts: int) -> dict[str, object]:
    """Fills an empty database; returns the paths to measure and the keys of the desks."""
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        home: HomePage = home_tree()["fi"]
        floor = home.add_child(instance=FloorPage(title="Floor", slug="floor", body=[("paragraph", WORDS * 5)]))
        form = PlainFormPage(title="Form", slug="form")
        form.form_fields = [
            PlainField(label="Name", field_type="singleline", required=True),
            PlainField(label="Email", field_type="email", required=True),
        ]
        home.add_child(instance=form)
        index = EventIndexPage(title="Tapahtumat", slug="tapahtumat", summary=WORDS, locale=home.locale)
        home.add_child(instance=index)
        index.save_revision().publish()
        for number in range(events):
            event(index, number)
    open_event = registrable(index, events, capacity=1_000_000)
    full = [registrable(index, events + 1 + number, capacity=places) for number in range(bursts)]
    pages = {
        "floor": floor,
        "home": home,
        "event list": index,
        "event": EventPage.objects.child_of(index).first(),
        "event with its form": open_event,
        "plain form": form,
    }
    return {
        "paths": {name: page.get_url() for name, page in pages.items()},
        "open": str(open_event.translation_key),
        "bursts": [str(page.translation_key) for page in full],
    }


def taken(key: str) -> int:
    """How many places of a desk are confirmed, counted from its registrations."""
    return Desk.objects.get(translation_key=key).registrations.filter(status="confirmed").count()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["build", events, places, bursts]:
            print(json.dumps(build(int(events), int(places), int(bursts))))
        case ["taken", *keys]:
            print(json.dumps([taken(key) for key in keys]))
