"""Markup in what people and editors type: shown as it was typed, and never run, wherever it is read."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from tests.factories.registrations import desk_of, event_with_desk, question, register
from verkosto.registrations.admin.urls import urlpatterns as staff_urls
from verkosto.registrations.domain import lifecycle
from verkosto.registrations.models import SensitiveAnswers

pytestmark = pytest.mark.django_db
EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"


def harmless(html: str) -> bool:
    page = BeautifulSoup(html, "html.parser")
    return not page.select("[onerror], [href^=javascript]") and not any(
        "alert(" in (tag.string or "") for tag in code_in(page)
    )


def code_in(page: BeautifulSoup) -> list:
    """Scripts that run; JSON is data, and has to parse."""
    scripts = page.select("script")
    for data in [tag for tag in scripts if "json" in str(tag.get("type", ""))]:
        json.loads(data.string or "null")
    return [tag for tag in scripts if "json" not in str(tag.get("type", ""))]


def as_editor_saves(text: str) -> str:
    """What Wagtail stores of rich text whose editor sends this text, as words and as the address of a link."""
    entity = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(3)"}}
    block = {"key": "a", "type": "unstyled", "text": text, "depth": 0, "inlineStyleRanges": [],
             "entityRanges": [{"offset": 0, "length": 5, "key": 0}]}  # fmt: skip
    content = {"blocks": [block], "entityMap": {"0": entity}}
    return ContentstateConverter(["bold", "link"]).to_database_format(json.dumps(content))


@pytest.fixture
def event():
    asked = [
        question("text", EVIL, help_text=EVIL, reason=EVIL), question("choice", f"{EVIL}?", choices=[EVIL]),
        question("dietary_needs", f"{EVIL}!"),
    ]  # fmt: skip
    return event_with_desk(
        title=EVIL, summary=EVIL, questions=asked, text_before=as_editor_saves(EVIL), text_in_mail=EVIL
    )


@pytest.fixture
def registration(event):
    desk = desk_of(event)
    text, choice, diet = desk.questions.all()
    answers = {text.key: EVIL, choice.key: choice.choices[0].key}
    made = register(desk, "a@example.fi", name=EVIL, answers=answers)
    SensitiveAnswers.objects.create(registration=made, answers={diet.key: EVIL})
    made.notes.create(text=EVIL)
    lifecycle.decline(registration=made, reason=EVIL)
    return lifecycle.approve(registration=made)


def test_public_pages_run_nothing_that_was_typed(client, event, registration):
    index = event.get_parent()
    for path in (
        event.url,
        index.url,
        f"/fi/registrations/{desk_of(event).translation_key}/",
        "/fi/",
        "/fi/search/?q=alert",
    ):
        html = client.get(path).content.decode()
        assert harmless(html), path
    assert "&lt;script&gt;alert(1)" in client.get(event.url).content.decode()
    for name in ("events.rss", "events.atom"):
        feed = client.get(f"{index.url}{name}").content.decode()
        assert "<script" not in feed
        # What a reader takes for HTML after unpacking the XML is escaped once more.
        assert not re.search(r"<(summary|description)[^>]*>[^<]*&lt;script", feed), name


def test_staffs_side_runs_nothing_that_was_typed(client, event, registration):
    client.force_login(User.objects.create_superuser("admin"))
    rows = {"message": registration.messages.first(), "page": event}
    left_out = ("job", "mailing_", "invitation_", "file", "document_file", "message_resend", "note", "reminder")
    shown = 0
    for pattern in staff_urls:
        name = str(pattern.name)
        if name.startswith(left_out):
            continue
        own = {"desk_pk": registration.desk_id, "pk": registration.pk, "code": registration.reference}
        own |= {"kind": "confirmed", "language": "fi", "action": "unpublish", "document": "record", "format": "docx"}
        if name == "message":
            own["pk"] = rows["message"].pk
        elif name in ("announce", "form_template", "withdraw"):
            own["pk"] = event.pk
        url = reverse(
            f"verkosto_registrations_admin:{name}", kwargs={key: own[key] for key in pattern.pattern.converters}
        )
        html = client.get(url).content.decode()
        assert harmless(html), name
        shown += "alert(1)" in html
    assert shown > 20
    assert harmless(client.get(reverse("wagtailadmin_pages:edit", args=[event.pk])).content.decode())
