"""What the database of a release holds: the demo, loaded at a fixed moment. Run by ``manage.py shell``."""

import gc
import json
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import time_machine
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from verkosto.registrations.mail.personal_links import personal_link
from verkosto.registrations.models import Registration

MOMENT = datetime.fromisoformat("2026-11-28T10:00:00+00:00")
COUNTED = {
    "pages": "wagtailcore.Page",
    "revisions": "wagtailcore.Revision",
    "registrations": "verkosto_registrations.Registration",
    "emails": "verkosto_registrations.Message",
    "memberships": "verkosto_networks.Membership",
    "accounts": "auth.User",
}


def write() -> None:
    """Migrate the database of these settings, load the demo, and print the facts of it as JSON."""
    gc.set_threshold(100_000, 50, 1000)  # as tests.databases migrates
    with time_machine.travel(MOMENT, tick=False):
        call_command("migrate", verbosity=0)
        call_command("load_demo", verbosity=0)
        index()
        with connection.cursor() as cursor:  # a template was migrated at another time
            cursor.execute("UPDATE django_migrations SET applied = %s", [MOMENT - timedelta(days=1)])
        print_facts()


def index() -> None:
    """Do what the tasks in the queue are for, and delete them: their keys would fill a third of the file."""
    call_command("update_index", verbosity=0)
    apps.get_model("django_tasks_database", "DBTaskResult").objects.all().delete()


def print_facts() -> None:
    """Issue a personal link to a registration that may be changed, and print what there is as JSON."""
    candidates = Registration.objects.confirmed().filter(language="sv").select_related("desk").order_by("pk")
    registration = next(each for each in candidates if each.desk.takes_registrations)
    facts = {
        "moment": timezone.now().isoformat(),
        "link": urlsplit(personal_link(registration)).path,
        "reference": registration.reference,
        "counts": counts(),
    }
    print(json.dumps(facts))


def counts() -> dict[str, int]:
    """Return the numbers of rows."""
    return {name: apps.get_model(label)._default_manager.count() for name, label in COUNTED.items()}
