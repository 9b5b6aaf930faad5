"""An empty site that works, from one command (findings: “demo and site are one”, “two truths for the site's address”)."""

import re
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.coreutils import get_content_languages
from wagtail.models import Locale, Page, Site

from cms import checks, site_address
from cms.demo.loader.accounts import GUARDED_BACKEND
from cms.groups import EDITORS, MODERATORS, REGISTRARS
from event_pages.models import EventPage
from home.models import HomePage, SiteSettings
from tests.factories import EventIndexPageFactory, home_tree
from tests.factories.registrations import desk_of, event_with_desk
from verkosto.localisation.models import TranslationState
from verkosto.registrations.models import Message, Registration

pytestmark = pytest.mark.django_db
LOCALE_MIDDLEWARE = "cms.middleware.RedirectToLanguageMiddleware"


@pytest.fixture(autouse=True)
def address(settings, monkeypatch):
    settings.SITE_URL = "https://verkosto.example.fi"
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a long pass phrase")


@pytest.fixture
def start(django_capture_on_commit_callbacks):
    def run(**options):
        with django_capture_on_commit_callbacks(execute=True):
            call_command("start_site", name="Esimerkki", email="admin@example.fi", noinput=True, **options)

    return run


@pytest.fixture
def in_swedish_only(settings):
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [("sv", "Swedish")]
    settings.LANGUAGE_CODE = "sv"
    settings.ROOT_URLCONF = "tests.cms.one_language_urls"
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != LOCALE_MIDDLEWARE]
    get_content_languages.cache_clear()
    yield
    get_content_languages.cache_clear()


def test_every_language_has_its_home_page_and_nothing_is_left_to_translate(start, client: Client) -> None:
    start()

    site = Site.objects.get()
    assert (site.hostname, site.port, site.site_name) == ("verkosto.example.fi", 443, "Esimerkki")
    assert Page.objects.filter(depth=2).count() == HomePage.objects.live().count() == 3
    summaries = {
        "fi": "Verkostot, tapahtumat ja uutiset.",
        "sv": "Nätverk, evenemang och nyheter.",
        "en": "Networks, events and news.",
    }
    for code, summary in summaries.items():
        html = client.get(f"/{code}/").content.decode()
        assert summary in html
        assert f'<link rel="canonical" href="https://verkosto.example.fi/{code}/">' in html
    assert dict(SiteSettings.objects.values_list("locale__language_code", "name")) == dict.fromkeys(
        summaries, "Esimerkki"
    )
    states = set(TranslationState.objects.values_list("state", flat=True))
    assert states == {TranslationState.State.ORIGINAL, TranslationState.State.UP_TO_DATE}


def test_second_run_changes_nothing_but_the_address(start, settings) -> None:
    start()
    Site.objects.update(hostname="localhost", port=80)
    HomePage.objects.filter(locale__language_code="fi").update(title="Muutettu")
    before = list(Page.objects.order_by("pk").values("pk", "title", "latest_revision_id"))

    start()

    assert list(Page.objects.order_by("pk").values("pk", "title", "latest_revision_id")) == before
    assert site_address.difference() == ""
    assert get_user_model().objects.count() == 1


def test_administrator_can_sign_in(start, client: Client) -> None:
    start(admin="paakayttaja")
    assert client.login(username="paakayttaja", password="a long pass phrase")
    assert client.get(reverse("wagtailadmin_home")).status_code == 200


def member(name: str) -> Client:
    user = get_user_model().objects.create_user(f"{name}-user", password="x")
    user.groups.add(Group.objects.get(name=name))
    client = Client()
    client.force_login(user)
    return client


def test_groups_have_working_rights(start) -> None:
    start()
    home = HomePage.objects.get(locale__language_code="fi")
    index = EventIndexPageFactory(parent=home)
    desk = desk_of(event_with_desk(index=index))
    add = reverse("wagtailadmin_pages:add", args=["verkosto_events", "eventpage", index.pk])
    edit = reverse("wagtailadmin_pages:edit", args=[EventPage.objects.get().pk])
    unpublish = reverse("wagtailadmin_pages:unpublish", args=[EventPage.objects.get().pk])
    list_of = reverse("verkosto_registrations_admin:registrations", args=[desk.pk])
    persons = reverse("wagtailsnippets_verkosto_directory_person:add")
    swedish = reverse("wagtailadmin_pages:edit", args=[HomePage.objects.get(locale__language_code="sv").pk])
    names = [EDITORS, MODERATORS, REGISTRARS, "Translators (sv)"]

    allowed = {
        name: [
            path for path in (add, edit, unpublish, persons, swedish, list_of) if client.get(path).status_code == 200
        ]
        for name in names
        for client in [member(name)]
    }

    assert allowed == {
        EDITORS: [add, edit, persons, swedish],
        MODERATORS: [add, edit, unpublish, persons, swedish],
        REGISTRARS: [list_of],
        "Translators (sv)": [swedish],
    }


def test_unknown_language_is_refused(start) -> None:
    with pytest.raises(CommandError, match="Not in LANGUAGES: da"):
        start(languages="fi,da")
    assert not HomePage.objects.exists()


def test_site_in_one_language_has_neither_prefix_nor_hreflang(
    in_swedish_only, start, client: Client, page_cache
) -> None:
    Locale.objects.update(language_code="sv")  # the one that the first migration makes
    start()
    home = HomePage.objects.get()
    index = EventIndexPageFactory(parent=home, slug="evenemang", title="Evenemang", locale=home.locale)

    answers = {path: client.get(path) for path in ("/", "/evenemang/", "/evenemang/calendar.ics", "/search/")}

    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(answers, 200)
    assert index.full_url == "https://verkosto.example.fi/evenemang/"
    html = answers["/evenemang/"].content.decode()
    assert "hreflang" not in html
    assert 'class="languages"' not in html
    assert '<html lang="sv"' in html
    assert not re.search(r'href="/(sv|fi|en)/', html)
    assert 'class="brand" href="/"' in html
    assert answers["/evenemang/"]["Vary"] == "Accept-Encoding"
    assert client.get("/fi/").status_code == client.get("/ingenting/").status_code == 404
    assert "Sidan hittades inte" in client.get("/ingenting/").content.decode()
    assert "Disallow: /search/" in client.get("/robots.txt").content.decode()
    assert "hreflang" not in client.get("/sitemap-1.xml").content.decode()


def test_check_names_two_addresses_of_one_site(start, settings) -> None:
    start()
    assert checks.site_has_one_address(None) == []
    settings.SITE_URL = "https://toinen.example.fi"
    [found] = checks.site_has_one_address(None)
    assert (found.id, found.msg) == (
        "cms.E001",
        "The default site under Settings › Sites is https://verkosto.example.fi, and SITE_URL is "
        "https://toinen.example.fi.",
    )


def test_two_addresses_are_logged_at_start(settings, caplog, monkeypatch) -> None:
    monkeypatch.setattr(site_address.connection, "close", lambda: None)
    site_address.log_difference()
    assert "SITE_URL is https://verkosto.example.fi. Run manage.py start_site." in caplog.text


def test_demo_on_a_site_is_content_without_persons_and_mail(settings, mailoutbox) -> None:
    settings.AUTHENTICATION_BACKENDS = [GUARDED_BACKEND]
    out = StringIO()
    call_command("load_demo", stdout=out)
    assert "0 registrations, 0 members, 0 accounts" in out.getvalue()
    assert EventPage.objects.live().count() > 20
    assert (Registration.objects.count(), Message.objects.count(), mailoutbox) == (0, 0, [])
    assert not get_user_model().objects.exists()


def test_demo_replaces_no_site(settings) -> None:
    settings.AUTHENTICATION_BACKENDS = [GUARDED_BACKEND]
    home_tree()
    with pytest.raises(CommandError, match="home page of its own"):
        call_command("load_demo")
