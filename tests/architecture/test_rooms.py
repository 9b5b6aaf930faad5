"""Each room works without the rooms to its left."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.minutes
ROOT = Path(__file__).resolve().parents[2]
CHAIN = [
    *("home", "network_pages", "event_pages", "verkosto.api"),
    *("verkosto.registrations", "verkosto.directory", "verkosto.core"),
]
PROJECT = """
import gc
import sys
gc.set_threshold(100_000, 50, 1000)  # as tests.databases migrates
import django
from django.conf import settings
from django.core.management import call_command

from cms.settings import test as whole

of_the_settings = {*sys.modules}  # the site's own, which may read any room
rooms = sys.argv[1].split(",")
optional = {
    "verkosto.localisation", "verkosto.subscriptions", "verkosto.embedding", "verkosto.webhooks", "verkosto.accounts",
    "verkosto.operations",
    "verkosto.linked_events",
}
ours = {"cms", "tests", *optional, *sys.argv[2].split(",")}


def room(name):
    return next((each for each in ours if name == each or name.startswith(each + ".")), "")


values = {name: getattr(whole, name) for name in dir(whole) if name.isupper()}
def is_needed(name):
    return room(name) in {"", "cms", *rooms} and not name.startswith("allauth")  # which accounts alone need


values["INSTALLED_APPS"] = [*rooms, *(app for app in whole.INSTALLED_APPS if not room(app) and is_needed(app))]
values["MIDDLEWARE"] = [name for name in whole.MIDDLEWARE if is_needed(name)]
values["DATABASES"] = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
values["ROOT_URLCONF"] = "tests.architecture.urls"
del values["CSRF_FAILURE_VIEW"], values["VERKOSTO_BASE_TEMPLATE"], values["LOGGING"]  # of the site
settings.configure(**values)
django.setup()
call_command("check")
call_command("makemigrations", check=True, dry_run=True, verbosity=0)
if sys.argv[3] == "migrate":
    call_command("migrate", verbosity=0)
loaded = {room(name) for name in {*sys.modules} - of_the_settings}
foreign = sorted((ours - {*rooms, "cms", "tests"}) & loaded)
print("foreign:", *foreign)
"""


def boot(rooms: list[str], command: str = "check") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROJECT, ",".join(rooms), ",".join(CHAIN), command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("first", range(1, len(CHAIN)), ids=CHAIN[1:])
def test_project_with_the_right_hand_part_of_the_chain_boots(first: int) -> None:
    """The one with registrations and no page type migrates too."""
    result = boot(CHAIN[first:], "migrate" if CHAIN[first] == "verkosto.registrations" else "check")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-1].strip() == "foreign:"


def test_project_with_webhooks_and_no_page_type_boots() -> None:
    result = boot(["verkosto.webhooks", "verkosto.registrations", "verkosto.directory", "verkosto.core"])
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-1].strip() == "foreign:"


def test_project_with_linked_events_and_what_it_needs_boots() -> None:
    result = boot(["verkosto.linked_events", *CHAIN[CHAIN.index("event_pages") :]])
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-1].strip() == "foreign:"


def test_project_without_the_api_boots() -> None:
    """Its hooks are in the page packages, which import it only when it asks for its resources."""
    result = boot([room for room in CHAIN[1:] if room != "verkosto.api"])
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-1].strip() == "foreign:"


def test_project_with_subscriptions_embedding_and_what_they_need_migrates() -> None:
    result = boot(
        [
            "verkosto.subscriptions",
            "verkosto.embedding",
            "verkosto.registrations",
            "verkosto.directory",
            "verkosto.core",
        ],
        "migrate",
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-1].strip() == "foreign:"


def test_project_with_localisation_operations_and_core_boots() -> None:
    result = boot(["verkosto.localisation", "verkosto.operations", "verkosto.core"])
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-1].strip() == "foreign:"
