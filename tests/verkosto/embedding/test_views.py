"""Pages in frames: what is shown, on which sites, and its description."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Site

from tests.factories import EventIndexPageFactory, StandardPageFactory
from tests.factories.registrations import event_with_desk
from tests.recordings import recorded
from verkosto.embedding.frames import Frame
from verkosto.embedding.models import EmbeddingSettings

pytestmark = pytest.mark.django_db
HOSTS = "https://www.example.fi\nhttp://127.0.0.1:8123"


@pytest.fixture
@recorded
def event(homes: Any) -> Any:
    index = EventIndexPageFactory(parent=homes["fi"], slug="tapahtumat")
    return event_with_desk(index=index, title="Aamukahvit", slug="aamukahvit")


@pytest.fixture
def allowed(event: Any) -> None:
    """Two other sites may embed pages."""
    EmbeddingSettings.objects.create(site=Site.objects.get(is_default_site=True), origins=HOSTS)


def ancestors(answer: Any) -> str:
    policy = answer["Content-Security-Policy"].split("; ")
    return next(part for part in policy if part.startswith("frame-ancestors"))


@pytest.mark.parametrize("path", ["embed/page/tapahtumat/", "embed/page/tapahtumat/aamukahvit/"])
def test_page_in_a_frame_leads_out_of_it_and_sets_no_cookie(client: Client, allowed: None, path: str) -> None:
    answer = client.get(f"/fi/{path}")
    page = BeautifulSoup(answer.content, "html.parser")
    assert ancestors(answer) == "frame-ancestors 'self' https://www.example.fi http://127.0.0.1:8123"
    assert "X-Frame-Options" not in answer
    assert (not answer.cookies, answer["X-Robots-Tag"]) == (True, "noindex")
    assert answer["Cache-Control"] == "public, max-age=5, s-maxage=60"
    assert page.html
    assert page.title
    assert (page.html["lang"], page.select_one("base")["target"]) == ("fi", "_top")  # type: ignore[index]
    assert page.title.get_text(strip=True) in ("Tapahtumat", "Aamukahvit")
    assert not page.select(".site-header, .site-footer")
    assert "Aamukahvit" in page.main.get_text()  # type: ignore[union-attr]


def test_form_alone_posts_to_our_own_site(client: Client, allowed: None, event: Any) -> None:
    page = BeautifulSoup(client.get("/fi/embed/form/tapahtumat/aamukahvit/").content, "html.parser")
    form = page.select_one("form[data-registration]")
    assert form
    assert form["action"] == f"/fi/registrations/{event.translation_key}/"
    assert page.select_one("h1").get_text() == "Ilmoittaudu: Aamukahvit"  # type: ignore[union-attr]
    assert client.get("/fi/embed/form/tapahtumat/").status_code == 404


def test_other_addresses_stay_closed_to_frames(client: Client, allowed: None) -> None:
    for path in ("/fi/tapahtumat/aamukahvit/", "/fi/registrations/link/"):
        answer = client.get(path)
        assert (ancestors(answer), answer["X-Frame-Options"]) == ("frame-ancestors 'self'", "SAMEORIGIN")


def test_change_of_the_sites_reaches_stored_pages(client: Client, event: Any, page_cache: None) -> None:
    path = "/fi/embed/page/tapahtumat/"
    assert ancestors(client.get(path)) == "frame-ancestors 'self'"
    EmbeddingSettings.objects.create(site=Site.objects.get(is_default_site=True), origins=HOSTS)
    assert "https://www.example.fi" in ancestors(client.get(path))


def test_only_public_lists_events_and_forms_are_shown(client: Client, allowed: None, homes: Any, event: Any) -> None:
    StandardPageFactory(parent=homes["fi"], slug="sivu")
    paths = ["sivu/", "", "ei-ole/"]
    assert [client.get(f"/fi/embed/page/{path}").status_code for path in paths] == [404] * 3
    event.get_parent().view_restrictions.create(restriction_type="login")
    assert client.get("/fi/embed/page/tapahtumat/aamukahvit/").status_code == 404
    assert client.get("/fi/oembed/", {"url": event.full_url}).status_code == 404


def test_oembed_describes_a_page_that_names_its_address(client: Client, allowed: None, event: Any) -> None:
    head = BeautifulSoup(client.get(event.get_url()).content, "html.parser")
    link = head.select_one("link[type='application/json+oembed']")
    assert link
    described = client.get(str(link["href"]).removeprefix("http://testserver")).json()
    frame = Frame(event)
    assert described == {
        "version": "1.0",
        "type": "rich",
        "title": "Aamukahvit",
        "provider_name": "Verkosto",
        "provider_url": "http://localhost:8000/",
        "width": 800,
        "height": 900,
        "html": frame.html(width="800", height=900),
    }
    assert frame.url == "http://localhost:8000/fi/embed/page/tapahtumat/aamukahvit/"
    small = client.get("/fi/oembed/", {"url": event.full_url, "maxwidth": "320", "maxheight": "x"}).json()
    assert (small["width"], small["height"]) == (320, 900)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"url": "https://other.example.fi/fi/tapahtumat/"}, 404),
        ({"url": "http://["}, 404),
        ({}, 404),
        ({"url": "http://localhost/fi/tapahtumat/", "format": "xml"}, 501),
    ],
)
def test_oembed_refuses_other_addresses_and_formats(
    client: Client, event: Any, query: dict[str, str], status: int
) -> None:
    answer = client.get("/fi/oembed/", query)
    assert (answer.status_code, b"iframe" in answer.content) == (status, False)


@pytest.mark.parametrize("line", ["example.fi", "https://example.fi/path", "https://*.example.fi", "https://a;b", "*"])
def test_only_origins_can_be_allowed(line: str) -> None:
    with pytest.raises(ValidationError):
        EmbeddingSettings(origins=f"https://www.example.fi\n{line}").clean_fields(exclude=["site"])


def test_editor_copies_the_code_and_sees_which_sites_may_use_it(
    admin_client: Client, allowed: None, event: Any
) -> None:
    address = f"/admin/pages/{event.pk}/embed/"
    page = BeautifulSoup(admin_client.get(address).content, "html.parser")
    assert [area.get_text() for area in page.select("textarea")] == [
        str(Frame(event).snippet),
        str(Frame(event, form_only=True).snippet),
    ]
    assert "https://www.example.fi" in page.get_text()
    assert address in admin_client.get(f"/admin/pages/{event.pk}/edit/").content.decode()
