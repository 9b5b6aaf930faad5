"""Whatever visitors type: never an error, and never an answer lost."""

from urllib.parse import quote_from_bytes, urlencode

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.registrations import desk_of, event_with_desk, question, register
from tests.fuzz.texts import bounded, raw_bytes, texts
from tests.verkosto.registrations.form_posts import address, fill
from verkosto.core.text import clean_name, clean_text, has_visible_character
from verkosto.registrations.models import Message, Registration
from verkosto.registrations.tokens import issue_token

pytestmark = [pytest.mark.django_db, pytest.mark.minutes]
KINDS = (
    "text",
    "long_text",
    "email",
    "phone",
    "number",
    "date",
    "choice",
    "several_choices",
    "dietary_needs",
    "file",
)
CHOSEN = {"choice", "several_choices"}


@pytest.fixture
def event(settings):
    settings.REGISTRATION_LIMITS = dict.fromkeys(("address", "desk", "link"), "")
    questions = [question(kind, kind, **({"choices": ["A", "B"]} if kind in CHOSEN else {})) for kind in KINDS]
    return event_with_desk(questions=questions, places_per_registration=3)


def test_no_answer_of_a_visitor_is_an_error_or_lost(client: Client, event) -> None:
    """An accepted text is stored as it was typed, cleaned; a refused form shows every text again."""
    desk = desk_of(event)
    keys = {each["type"]: f"q-{each['id']}" for each in event.questions.raw_data}
    seen = set()

    def bare(text: str) -> str:
        return "".join(clean_text(text).split())

    @given(data=st.data())
    @bounded(80)
    def register(data) -> None:
        odd = data.draw(st.sampled_from(["", "places", "guest-1-name", *KINDS[:-1]]))
        typed = {"name": data.draw(texts), "places": "1", "guest-1-name": ""}
        typed |= {keys[kind]: data.draw(texts) for kind in {"text": 1, "long_text": 1, odd: 1} if kind in keys}
        typed |= {odd: data.draw(texts)} if odd in ("places", "guest-1-name") else {}
        with transaction.atomic():
            answer = client.post(address(desk), fill(desk, **typed, email="fuzz@example.fi"))
            assert answer.status_code in (302, 422)
            seen.add(answer.status_code)
            if answer.status_code == 302:
                stored = Registration.objects.get(email="fuzz@example.fi")
                assert stored.name == clean_name(typed["name"])
                for kind in ("text", "long_text"):
                    kept = stored.answers.get(keys[kind].removeprefix("q-"), "")
                    assert bare(kept) == bare(typed[keys[kind]]) or not has_visible_character(typed[keys[kind]])
            else:
                page = BeautifulSoup(answer.content, "html.parser")
                for name in ("name", keys["text"], keys["long_text"]):
                    field = page.select_one(f'[name="{name}"]')
                    shown = field.get("value", "") if field.name == "input" else field.get_text()
                    assert bare(str(shown)) == bare(typed[name])
            transaction.set_rollback(True)

    register()
    assert seen == {302, 422}


@given(name=texts, content=raw_bytes, kind=st.sampled_from(["application/pdf", "text/html", "", "x/\r\ny"]))
@bounded(40)
def test_no_file_of_a_visitor_is_an_error(client: Client, event, name: str, content: bytes, kind: str) -> None:
    desk = desk_of(event)
    key = next(f"q-{each['id']}" for each in event.questions.raw_data if each["type"] == "file")
    file = SimpleUploadedFile(f"{name}.pdf"[:200] or "a", content, content_type=kind.replace("\r\n", ""))
    with transaction.atomic():
        answer = client.post(address(desk), fill(desk, **{key: file}))
        assert answer.status_code in (302, 400, 422)
        assert Registration.objects.exists() == (answer.status_code == 302)
        transaction.set_rollback(True)


@given(query=st.dictionaries(st.sampled_from(["q", "page", "month", "time", "topic", "kind", "network"]), raw_bytes))
@bounded(60)
def test_no_query_is_an_error(client: Client, event, query: dict[str, bytes]) -> None:
    sent = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in query.items())
    for path in (
        "/fi/search/",
        event.get_parent().url,
        f"{event.get_parent().url}calendar.ics",
        address(desk_of(event)),
    ):
        answer = client.get(f"{path}?{sent}")
        assert answer.status_code < 500, answer.content
        assert answer.content


@given(body=raw_bytes, kind=st.sampled_from(["application/json", "application/x-www-form-urlencoded", "text/plain"]))
@bounded(40)
def test_no_body_is_an_error(client: Client, event, body: bytes, kind: str) -> None:
    registration = Registration.objects.first() or register(desk_of(event), "aino@example.fi")
    client.get(f"/fi/registrations/open/{issue_token(registration=registration)}/")
    mine = f"/fi/registrations/manage/{registration.reference}/"
    for path in (address(desk_of(event)), "/fi/registrations/link/", f"{mine}change/", f"{mine}leave/", "/fi/search/"):
        with transaction.atomic():
            assert client.post(path, body, content_type=kind).status_code < 500, path
            transaction.set_rollback(True)


@given(email=texts)
@bounded(40)
def test_no_address_for_a_new_link_is_an_error(client: Client, event, email: str) -> None:
    with transaction.atomic():
        body = urlencode({"email": email})
        answer = client.post("/fi/registrations/link/", body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code in (302, 422)
        assert not Message.objects.exists()  # nobody has registered
        transaction.set_rollback(True)
