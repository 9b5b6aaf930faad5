"""The upgrade of a database of a release, and what its visitors then see. Run by ``manage.py shell``."""

import gc
import io
import json
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import time_machine
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page

from tests.upgrades import comparison, content
from verkosto.registrations.models import Registration

NEW_NAME = "Uusi Nimi"


def run(moment: str, link: str, reference: str, word: str) -> None:
    """Upgrade the database of these settings, use the site, and print what was seen as JSON.

    ``moment`` is when the site was left, ``link`` a personal link to the registration with this ``reference``, and
    ``word`` a word of an event, in Swedish.
    """
    seen: dict[str, object] = {"losses": migrated(), "counts": content.counts()}
    seen["makemigrations"] = said("makemigrations", "--check", "--dry-run")
    seen["check_desks"] = said("check_desks")
    with time_machine.travel(datetime.fromisoformat(moment) + timedelta(hours=1)):
        client = Client(headers={"host": "localhost"})
        seen["pages"] = dict(pages(client))
        seen["found"] = texts(client, f"/sv/search/?q={word}", "main ul.rows li")
        seen["renamed"] = rename(client, link, reference)
    print(json.dumps(seen))


def migrate() -> None:
    """Upgrade the database alone, and print what was lost as JSON."""
    print(json.dumps(migrated()))


def migrated() -> list[str]:
    """Run the migrations that the database lacks. Return what was lost."""
    gc.set_threshold(100_000, 50, 1000)  # as tests.databases migrates
    before = comparison.snapshot()
    call_command("migrate", verbosity=0)
    return comparison.losses(before, comparison.snapshot())


def said(*command: str) -> str:
    """Return what a management command says, with the code that it exits with if that is not 0."""
    with redirect_stdout(io.StringIO()) as out:
        try:
            call_command(*command)
        except SystemExit as exit_:
            print(f"exit {exit_.code}")
    return out.getvalue().strip()


def pages(client: Client) -> Iterator[tuple[str, tuple[str, list[str]]]]:
    """Yield the name of each type of pages, with the title of one page of it in Swedish and the headings on it."""
    seen: set[type[Page]] = set()
    for page in Page.objects.live().filter(locale__language_code="sv").order_by("path").specific():
        if type(page) not in seen and page.url:
            seen.add(type(page))
            yield type(page).__name__, (page.title, texts(client, urlsplit(page.url).path, "h1"))


def texts(client: Client, path: str, selector: str) -> list[str]:
    """Return the texts of what a selector finds on a page, or its status if it is not 200."""
    answer = client.get(path)
    if answer.status_code != 200:
        return [f"{answer.status_code} {path}"]
    found = BeautifulSoup(answer.content, "html.parser").select(selector)
    return [" ".join(each.get_text(" ").replace("\xad", "").split()) for each in found]


def rename(client: Client, link: str, reference: str) -> list[str]:
    """Change the name of a registration by its personal link. Return what the page then says, and what is stored."""
    page = client.get(link, follow=True)
    place = f"/sv/registrations/manage/{reference}/"
    form = BeautifulSoup(client.get(f"{place}change/").content, "html.parser").select_one("form.form")
    if form is None:
        return [f"no form at {place}change/ after {page.status_code}"]
    fields: dict[str, list[str]] = {}
    for field in form.select("input[name], select[name], textarea[name]"):
        kind = field.get("type")
        if kind in ("submit", "file") or (kind in ("checkbox", "radio") and not field.has_attr("checked")):
            continue
        chosen = field.select_one("option[selected]") if field.name == "select" else field
        value = field.get_text() if field.name == "textarea" else str(chosen.get("value", "")) if chosen else ""
        fields.setdefault(str(field["name"]), []).append(value)
    client.post(f"{place}change/", fields | {"name": [NEW_NAME]})
    shown = BeautifulSoup(client.get(place).content, "html.parser").get_text(" ")
    return [str(NEW_NAME in shown), Registration.objects.get(reference=reference).name]
