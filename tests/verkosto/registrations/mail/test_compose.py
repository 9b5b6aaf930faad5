"""The texts, the HTML and the calendar file of a mail."""

import email
from collections.abc import Callable
from datetime import timedelta
from email import policy
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from icalendar import Calendar

from tests.browsing import accessibility_violations, overflows
from tests.factories.registrations import desk_of, event_with_desk, in_three_languages, publish, register
from verkosto.registrations.mail import delivery, outbox
from verkosto.registrations.mail.compose import compose
from verkosto.registrations.mail.kinds import mail_kinds
from verkosto.registrations.models import EmailTemplate, Message

pytestmark = pytest.mark.django_db


def test_letter_is_in_the_registrants_language_with_text_html_and_calendar(event, server):
    in_three_languages(event)
    register(desk_of(event), "a@example.fi", language="sv")
    delivery.deliver_due()
    letter = server.sent[0]
    assert "Webbinarium" in letter.subject
    kinds = [alternative[1] for alternative in letter.alternatives]
    assert kinds == ["text/html", "text/calendar; method=REQUEST"]
    entry = Calendar.from_ical(letter.attachments[0][1]).walk("VEVENT")[0]
    assert str(entry["uid"]) == f"{event.translation_key}@verkosto"
    assert entry["status"] == "CONFIRMED"
    assert 'lang="sv"' in letter.alternatives[0][0]


def test_title_with_line_breaks_and_markup_does_no_harm(event, server):
    event.title = "A\r\nBcc: x@example.fi\r\nATTENDEE:mailto:x@example.fi <script>alert(1)</script>"
    register(desk_of(publish(event)), "a@example.fi", name="</td><script>alert(1)</script>")
    delivery.deliver_due()
    letter = server.sent[0]
    assert letter.message()["Bcc"] is None
    assert letter.recipients() == ["a@example.fi"]
    assert "<script>" not in letter.alternatives[0][0]
    calendar = letter.attachments[0][1]
    assert all(len(line.encode()) <= 75 for line in calendar.splitlines())
    assert len(Calendar.from_ical(calendar).walk("VEVENT")) == 1
    assert calendar.count("\nATTENDEE") == 1


def test_invitation_may_be_a_letter(desk):
    """Finding: an invitation had no greeting, signature or P.S. of its own."""
    letter = {
        "greeting": "Hyvä {name}",
        "body": "Tervetuloa.",
        "signature": "Aino Esimerkki\npääjohtaja",
        "postscript": "Tuo {title} mukanasi.",
    }
    EmailTemplate.objects.create(desk=desk, kind="invitation", language="fi", subject="Kutsu", **letter)
    message = Message(kind="invitation", desk=desk, language="fi", context={"name": "Kim"})

    composed = compose(message, link="https://example.fi/a", decline_link="https://example.fi/b")

    signed = ["Aino Esimerkki\npääjohtaja", "PS. Tuo Webinaari mukanasi."]
    assert composed.parts == ["Hyvä Kim", "Tervetuloa.", *signed]
    assert (composed.link, composed.decline_link) == ("https://example.fi/a", "https://example.fi/b")
    assert "En pääse tulemaan:\nhttps://example.fi/b" in composed.text()
    assert '<a href="https://example.fi/b">En pääse tulemaan</a>' in composed.html()
    assert "https://example.fi/" not in composed.text(with_link=False).split("\n\n")[0]
    assert compose(Message(kind="confirmed", desk=desk, language="fi"), decline_link="#").decline_link == ""


def test_own_wording_is_data(desk, server):
    EmailTemplate.objects.create(
        desk=desk,
        kind="confirmed",
        language="fi",
        subject="Tervetuloa: {title}",
        body="{name}: {{ name }} {% now 'Y' %} {title.__class__}",
    )
    register(desk, "a@example.fi", name="{title}")
    delivery.deliver_due()
    assert server.sent[0].subject == "Tervetuloa: Webinaari"
    assert "{title}: {{ name }} {% now 'Y' %} {title.__class__}" in server.sent[0].body


def test_address_in_a_strangers_name_is_no_link(desk, server):
    """Not a link of ours, and nothing that a mail program makes one of."""
    register(desk, "a@example.fi", name="win.example.com \u202ehttps://evil.example/x")
    EmailTemplate.objects.create(
        desk=desk, kind="confirmed", language="fi", subject="x", body="{name}: https://verkosto.example.fi/"
    )
    delivery.deliver_due()
    html = server.sent[0].alternatives[0][0]
    assert "win. example. com https://evil. example/x" in html
    assert "evil" not in "".join(part.partition('"')[0] for part in html.split('href="')[1:])
    assert 'href="https://verkosto.example.fi/"' in html
    assert "evil.example" not in server.sent[0].body


def test_addresses_among_the_facts_are_links_and_not_their_source():
    """Seen in a mail of the demo: the address of the event's page as ``<a href=…>``, escaped."""
    online = {"attendance": "online", "joining_url": "https://example.org/join?a=1&b=2"}
    event = event_with_desk(starts_at=timezone.now() + timedelta(days=9), **online)
    register(desk_of(event), "a@example.fi")
    page = BeautifulSoup(compose(Message.objects.get()).html(), "html.parser")
    cells = page.select(".facts td")
    assert [cell.get_text() for cell in cells if "<" in cell.get_text()] == []
    assert "https://example.org/join?a=1&b=2" in [link["href"] for cell in cells for link in cell.select("a")]


def test_first_mail_to_an_address_repeats_no_name(desk, server):
    """Whoever registers somebody else's address chooses the name: our mail would say whatever they typed."""
    registration = register(desk, "a@example.fi", name="Voitit lottopäävoiton")
    delivery.deliver_due()
    assert server.sent[0].body.startswith("Hei\n")
    assert "lotto" not in server.sent[0].body + server.sent[0].alternatives[0][0]
    outbox.write("changed", registration=registration)
    delivery.deliver_due()
    assert "Voitit lottopäävoiton" in server.sent[1].body.splitlines()[0]


def test_joining_link_comes_with_the_confirmation_or_from_its_time(time_machine):
    url = "https://example.org/join"
    online = {"attendance": "online", "joining_url": url, "starts_at": timezone.now() + timedelta(days=9)}
    event = event_with_desk(**online)
    later = event_with_desk(
        index=event.get_parent(), joining_visible_from=timezone.now() + timedelta(days=5), title="Toinen", **online
    )

    def says(registration, kind):
        message = Message(kind=kind, registration=registration, desk=registration.desk, language="fi")
        return url in compose(message).text()

    now, held = register(desk_of(event), "a@example.fi"), register(desk_of(later), "a@example.fi")
    assert [says(now, "confirmed"), says(held, "confirmed"), says(held, "reminder")] == [True, False, False]
    now.status = "waiting"
    assert not says(now, "event_changed")
    time_machine.move_to(timezone.now() + timedelta(days=6))
    # A mail of its own brings it from then on.
    assert [says(held, kind) for kind in ("confirmed", "reminder", "joining")] == [False, True, True]


OFFICE = {"label": "Verkoston sihteeristö", "email": "office@example.fi", "phone": "+358 295 00 100"}
NAMED = {"reason": "Täynnä.", "change": "Aika: 17.9.", "subject": "Ohjelma", "body": "Valmis.", "changes": "1 uusi"}


def soup_of(letter: Any) -> BeautifulSoup:
    return BeautifulSoup(letter.alternatives[0][0], "html.parser")


def test_answers_go_to_the_organiser_who_signs_the_mail(event, server):
    """Finding: no mail had Reply-To, and replies reached DEFAULT_FROM_EMAIL."""
    event.contacts = [("mailbox", OFFICE)]
    register(desk_of(publish(event)), "a@example.fi")
    delivery.deliver_due()
    (letter,) = server.sent
    read = email.message_from_bytes(letter.message().as_bytes(), policy=policy.default)
    (reply_to,) = read["Reply-To"].addresses
    assert (reply_to.display_name, reply_to.addr_spec) == (OFFICE["label"], OFFICE["email"])
    for text in (letter.body, letter.alternatives[0][0]):
        assert all(value in text for value in OFFICE.values())
    entry = Calendar.from_ical(letter.attachments[0][1]).walk("VEVENT")[0]
    assert (entry["organizer"], entry["organizer"].params["cn"]) == ("mailto:office@example.fi", OFFICE["label"])


def test_organiser_of_a_page_without_contacts_is_that_of_the_page_above(event):
    index = event.get_parent().specific
    index.contacts = [("mailbox", OFFICE)]
    index.save()
    assert desk_of(publish(event)).version("fi")["organiser_email"] == "office@example.fi"


def test_html_is_laid_out_so_that_outlook_draws_it(event, server):
    """Finding: a div with max-width, a link with padding, no preheader, logo or footer, and raw URLs as labels."""
    event.text_in_mail = "Ovet avataan klo 8.30."
    register(desk_of(publish(event)), "a@example.fi")
    delivery.deliver_due()
    (letter,) = server.sent
    html = soup_of(letter)
    button = html.find("td", class_="action")
    assert (button["bgcolor"], button.a["href"].startswith("http")) == ("#0f4a47", True)
    assert "padding" not in button.a["style"]
    assert html.body.find("div").get_text().startswith("Kiitos ilmoittautumisestasi.")
    assert "mso-hide:all" in html.body.find("div")["style"]
    assert [link.get_text() for link in html.find_all("a") if link.get_text().startswith("http")] == []
    assert html.find("table", class_="facts").a.get_text() == "Webinaari"
    assert {table.get("role") for table in html.find_all("table")} == {"presentation", None}
    assert "[data-ogsc]" in html.style.string
    assert "prefers-color-scheme: dark" in html.style.string


def test_check_in_code_is_shown_in_the_mail(event, server):
    """Finding: the code came only as an attachment."""
    event.attendance = "on_site"
    register(desk_of(publish(event)), "a@example.fi")
    delivery.deliver_due()
    (letter,) = server.sent
    read = email.message_from_bytes(letter.message().as_bytes(), policy=policy.default)
    (picture,) = [part for part in read.walk() if part.get_content_type() == "image/png"]
    source = soup_of(letter).find("img")["src"]
    assert f"<{source.removeprefix('cid:')}>" == picture["Content-ID"]
    assert picture.get_content_disposition() == "inline"
    assert picture.get_content().startswith(b"\x89PNG")


def test_logo_of_the_project_stands_at_the_top(event, server, settings):
    settings.REGISTRATION_MAIL_LOGO, settings.SITE_URL = "img/logo.png", "https://verkosto.example.fi"
    register(desk_of(event), "a@example.fi")
    delivery.deliver_due()
    logo = soup_of(server.sent[0]).find("td", class_="house").img
    assert (logo["src"], logo["alt"]) == ("https://verkosto.example.fi/static/img/logo.png", "Verkosto")


def test_long_subject_is_cut_with_an_ellipsis(desk, server):
    """Finding: a subject over 250 characters was cut in the middle of a word, without a sign."""
    EmailTemplate.objects.create(desk=desk, kind="confirmed", language="fi", subject="{title} {name}", body="x")
    register(desk, "a@example.fi", name="N" * 200)
    desk.versions["fi"]["title"] = "T" * 200
    desk.save()
    delivery.deliver_due()
    assert server.sent[0].subject == f"{'T' * 200} {'N' * 48}…"


def test_control_characters_of_every_text_are_cleaned(event, server):
    """Finding: a soft line break of Word in a title; each writer had a cleaning of its own."""
    event.title, event.text_in_mail = "A\x0bB\u2028C", "klo\u200910–12\x07 \U0001f469\u200d\U0001f4bb"
    register(desk_of(publish(event)), "a@example.fi")
    delivery.deliver_due()
    (letter,) = server.sent
    assert letter.subject.endswith("A B C")
    for text in (letter.body, letter.alternatives[0][0]):
        assert "A B C" in text
        assert "klo 10–12 \U0001f469\u200d\U0001f4bb" in text
        assert not set("\x0b\x07\u2028\u2009") & set(text)


@pytest.mark.browser
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_kind_of_mail_can_be_read_light_and_dark(event, new_context: Callable[..., Any], dark: bool):
    event.contacts, event.text_in_mail = [("mailbox", OFFICE)], "Ovet avataan klo 8.30."
    registration = register(desk_of(publish(event)), "a@example.fi")
    page = new_context(viewport={"width": 360, "height": 800}, color_scheme="dark" if dark else "light").new_page()
    for name in mail_kinds():
        message = Message(kind=name, registration=registration, desk=registration.desk, language="fi", context=NAMED)
        page.set_content(compose(message, link="https://verkosto.example.fi/fi/x/").html(code_source=""))
        assert accessibility_violations(page, without=["img"]) == [], name
        assert not overflows(page), name
