"""One event and one registration with hostile text: page, mail, calendar, feed and export say the same."""

import csv
import email
import email.policy
import io
import json
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from hypothesis import given
from icalendar import Calendar

from tests.factories.registrations import desk_of, event_with_desk, publish, question
from tests.fuzz.texts import bounded, texts
from tests.verkosto.registrations.form_posts import address, fill
from verkosto.core.text import clean_line, has_visible_character, without_links
from verkosto.registrations.models import Registration
from verkosto.registrations.tokens import issue_token

pytestmark = [pytest.mark.django_db, pytest.mark.minutes]
TITLE = "Johtaja & </script> =1+1 \u202epäivä\u202c \N{ZERO WIDTH JOINER}Å 💩, osa; 1\\2"
NAME = "Åke \u202e& <b>O'Brien</b> =1+1; ,\\n"
ANSWER = '=SUM(A1) \u2066<i>rivi</i>\u2069, "toinen"; 💩 a\u0308'


def bare(text: str) -> str:
    """Return what the text says, whatever line breaks and spaces are in it."""
    return "".join(clean_line(text).split())


def export(client: Client, desk, kind: str) -> str:
    client.force_login(User.objects.get_or_create(username="root", is_superuser=True)[0])
    answer = client.post(f"/admin/registrations/{desk.pk}/export/", {"format": kind, "language": "fi"})
    assert answer.status_code == 200
    return b"".join(answer).decode("utf-8-sig")


def readings(client: Client, event, mail) -> dict[str, tuple[str, str, str]]:
    """Return the title, the name and the answer as each place shows them; "" where it does not."""
    registration, desk = Registration.objects.get(), desk_of(event)
    page = BeautifulSoup(client.get(event.url).content, "html.parser")
    client.get(f"/fi/registrations/open/{issue_token(registration=registration)}/")
    manage = BeautifulSoup(client.get(f"/fi/registrations/manage/{registration.reference}/").content, "html.parser")
    (entry,) = Calendar.from_ical(client.get(f"{event.url}event.ics").content).walk("VEVENT")
    feed = ElementTree.fromstring(client.get(f"{event.get_parent().url}events.rss").content)  # noqa: S314 - our own
    message = email.message_from_bytes(mail.message().as_bytes(), policy=email.policy.default)
    text, html = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    data = next(json.loads(tag.string) for tag in page.select("script[type='application/ld+json']"))
    rows = csv.reader(io.StringIO(export(client, desk, "csv")))
    cells = "\n".join(cell.removeprefix("'") for row in rows for cell in row)
    shown = BeautifulSoup(html, "html.parser").get_text()
    return {
        "page": (page.h1.get_text(), "", ""),
        "structured data": (data["name"], "", ""),
        "calendar": (str(entry["SUMMARY"]), "", ""),
        "feed": (feed.findtext("channel/item/title") or "", "", ""),
        "manage page": (manage.main.get_text(), manage.main.get_text(), manage.main.get_text()),
        "mail": (f"{message['Subject']} {text}", "", ""),
        "HTML mail": (shown, "", ""),
        "CSV": ("", cells, cells),
        "JSON": ("", export(client, desk, "json").replace("\\\\", "\\").replace('\\"', '"'), ""),
    }


def differences(client: Client, title: str, name: str, answer: str, deliver, outbox) -> dict[str, list[str]]:
    """Return the places that say something else than what was typed."""
    asked = question("long_text", "Terveisiä")
    event = event_with_desk(questions=[asked], title=title)
    with deliver(execute=True):
        sent = client.post(address(desk_of(event)), fill(desk_of(event), name=name, **{f"q-{asked['id']}": answer}))
    assert sent.status_code == 302
    wrong: dict[str, list[str]] = {}
    for place, said in readings(client, publish(event), outbox[-1]).items():
        for typed, shown in zip((title, name, answer), said, strict=True):
            # In mails a stranger's text is broken where a mail program would make a link of it.
            if shown and bare(typed) not in bare(shown) and bare(without_links(typed)) not in bare(shown):
                wrong.setdefault(place, []).append(f"{typed!a} is not in {shown[:300]!a}")
    return wrong


def test_hostile_text_is_the_same_everywhere(client, django_capture_on_commit_callbacks, mailoutbox) -> None:
    deliver = django_capture_on_commit_callbacks
    assert differences(client, TITLE, NAME, ANSWER, deliver, mailoutbox) == {}


def test_any_title_is_the_same_in_page_calendar_and_feed(client: Client) -> None:
    event = event_with_desk()

    @given(title=texts)
    @bounded(60)
    def show(title: str) -> None:
        line = clean_line(title)[:255].strip()
        if not has_visible_character(line):
            return
        event.title = line
        event.save()
        page = BeautifulSoup(client.get(event.url).content, "html.parser")
        (entry,) = Calendar.from_ical(client.get(f"{event.url}event.ics").content).walk("VEVENT")
        feed = ElementTree.fromstring(client.get(f"{event.get_parent().url}events.rss").content)  # noqa: S314 - ours
        said = {page.h1.get_text(), str(entry["SUMMARY"]), feed.findtext("channel/item/title") or ""}
        assert {bare(each) for each in said} == {bare(line)}

    show()
