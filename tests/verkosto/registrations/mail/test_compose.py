"""The texts, the HTML and the calendar file of a mail."""

from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from tests.factories.registrations import desk_of, event_with_desk, in_three_languages, publish, register
from verkosto.registrations.mail import delivery, outbox
from verkosto.registrations.mail.compose import compose
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
