"""A language more, from the setting to the mail: Danish."""

import re
from html.parser import HTMLParser

import polib
import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation
from wagtail.coreutils import get_content_languages
from wagtail.models import Locale

from cms.catalogues import catalogues
from home.models import HomePage
from tests.factories import in_language
from tests.factories.registrations import desk_of, event_with_desk, publish, register
from verkosto.localisation.models import TranslationState


@pytest.fixture
def danish(settings):
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [*settings.LANGUAGES, ("da", "Danish")]
    get_content_languages.cache_clear()
    yield
    get_content_languages.cache_clear()


@pytest.fixture
def event(db):
    return event_with_desk(title="Webinaari", summary="Tiivistelmä.")


def alternates(html: str) -> dict[str, str]:
    links = re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)"', html)
    return dict(links)


class UnmarkedTexts(HTMLParser):
    """Collects the visible texts of a page that are not in an element with ``lang="en"``."""

    VOID = ("meta", "link", "br", "img", "input", "hr", "source", "wbr")

    def __init__(self) -> None:
        super().__init__()
        self.languages, self.texts = ["da"], set()

    def handle_starttag(self, tag, attributes):
        if tag not in self.VOID:
            hidden = "hidden" if tag in ("head", "script", "style", "option") else None
            self.languages.append(hidden or dict(attributes).get("lang") or self.languages[-1])

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            self.languages.pop()

    def handle_data(self, data):
        if self.languages[-1] == "da" and data.strip():
            self.texts.add(" ".join(data.split()))


def english_outside_marks(answer):
    """The texts of our catalogues that stand in a Danish page without a mark."""
    parser = UnmarkedTexts()
    parser.feed(answer.content.decode())
    ours = {entry.msgid for path in catalogues(settings.BASE_DIR) for entry in polib.pofile(str(path))}
    return parser.texts & ours


def test_a_language_more(danish, event, client, admin_client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("add_locale", "da")
    # Nothing is public yet, and no other language stands in for it.
    home = HomePage.objects.get(locale__language_code="da")
    assert not home.live
    assert client.get("/da/").status_code == 404
    # The desk has a column, and the work in it.
    states = TranslationState.objects.filter(locale=Locale.objects.get(language_code="da"))
    assert states.get(translation_key=event.translation_key).state == TranslationState.State.MISSING
    desk = admin_client.get(reverse("verkosto_localisation:dashboard"))
    assert desk.status_code == 200
    assert "Danish" in desk.content.decode()

    home.title, home.slug, home.summary = "Netværket", "hjem", "Et resumé."
    publish(home)
    index = in_language(event.get_parent().specific, "da", title="Arrangementer", slug="arrangementer", summary="Alt.")
    page = publish(in_language(event, "da", title="Webinar på dansk", slug="webinar", summary="Et resumé."))

    front = client.get("/da/")
    assert (front.status_code, front["Content-Language"]) == (200, "da")
    assert '<html lang="da"' in front.content.decode()
    assert "Netværket" in front.content.decode()

    shown = client.get(page.get_url()).content.decode()
    assert "Webinar på dansk" in shown
    assert f'action="/da/registrations/{page.translation_key}/"' in shown
    # Text that nobody translated yet are English; Finnish stands nowhere.
    assert "Ilmoittaudu" not in shown
    assert "Register" in shown
    assert english_outside_marks(client.get(page.get_url())) == set()
    # Every version names the same languages, itself among them, whichever is asked.
    links = alternates(shown)
    assert links["da"].endswith("/da/arrangementer/webinar/")
    assert alternates(client.get(event.get_url()).content.decode()) == links
    assert links["da"] in client.get("/sitemap-1.xml").content.decode()

    feed = client.get(f"{index.get_url()}events.rss")
    assert feed.status_code == 200
    assert "Webinar på dansk" in feed.content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        registration = register(desk_of(event), "a@example.dk", language="da")
    assert registration.language == "da"
    assert "Webinar på dansk" in mail.outbox[0].subject + mail.outbox[0].body
    assert "Ilmoittau" not in mail.outbox[0].subject + mail.outbox[0].body


def test_what_python_says_in_a_language_without_texts_is_english_and_marked(danish, event, client):
    """Finding: "half in Django's Danish". Errors of forms and the pages of a refusal are made outside templates."""
    call_command("add_locale", "da")
    invited = event_with_desk(title="Kutsutuille", index=event.get_parent(), eligibility="invited")
    paths = [f"/da/registrations/{page.translation_key}/" for page in (event, invited)]
    answers = [
        client.post(paths[0], {"email": "x"}),
        client.get(paths[1]),
        client.post("/da/registrations/link/", {"email": "x"}),
        client.get("/da/registrations/link/sent/"),
        client.get("/da/registrations/manage/UNKNOWN1/"),
        client.get("/da/search/?q=" + "x" * 300),
    ]
    assert [answer.status_code for answer in answers] == [422, 200, 422, 200, 404, 400]
    assert [english_outside_marks(answer) for answer in answers] == [set()] * len(answers)
    required, invalid = (
        f'<span lang="en">{text}</span>'
        for text in ("Enter your name.", "Enter an email address, such as name@example.fi.")
    )
    form = answers[0].content.decode()
    assert f'"#id_name">{required}</a>' in form
    assert (form.count(required), form.count(invalid)) == (2, 2)
    assert answers[2].content.decode().count(invalid) == 2


@pytest.mark.parametrize("language", ["sv", "da"])
def test_a_word_that_a_language_lacks_is_english(language, danish, monkeypatch):
    """Not Finnish, as Django's default language would have it."""
    with translation.override(language):
        catalogue = translation.trans_real.translation(language)
        assert catalogue._fallback is translation.trans_real.translation("en")
    with translation.override("da"):
        assert translation.gettext("The translation is already in moderation.") == (
            "The translation is already in moderation."
        )
