"""No words of another language stand on a page as if they were its own (WCAG 2.2 SC 3.1.2, Language of Parts)."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from event_pages.models import Organiser, Speaker
from home.models import HomePage, SiteSettings
from network_pages.models import NetworkHost
from tests.factories import (
    NetworkIndexPageFactory,
    NetworkPageFactory,
    OrganisationFactory,
    PersonFactory,
    PrivacyNoticeFactory,
    StandardPageFactory,
    TopicFactory,
    VenueFactory,
)
from tests.factories import (
    in_language as version,
)
from tests.factories.registrations import desk_of, event_with_desk, publish, question
from verkosto.core.html import in_language
from verkosto.core.locales import clear_language_codes, language_code_of
from verkosto.directory.models import TopicLink
from verkosto.registrations.models import Question

# Every Finnish name and sentence of these tests has it, and nothing else.
MARK = "SUOMI"


def taken_for_the_pages_own(html: str) -> list[str]:
    """The Finnish texts and attributes of a page that no element says to be Finnish."""
    soup = BeautifulSoup(html, "html.parser")
    for part in soup(["script", "style"]):
        part.decompose()
    places: list[Any] = [text.parent for text in soup.find_all(string=lambda text: MARK in text)]
    places += soup.find_all(lambda tag: any(MARK in str(tag.get(name, "")) for name in ("alt", "title", "aria-label")))
    return [
        str(place)[:200]
        for place in places
        if next(parent["lang"] for parent in [place, *place.parents] if parent.has_attr("lang")) != "fi"
    ]


@pytest.fixture
def finnish(db: None) -> dict[str, Any]:
    """Directory entries that nobody has translated."""
    organisation = OrganisationFactory(name=f"Virasto {MARK}", about=f"<p>{MARK}</p>")
    person = PersonFactory(
        organisation=organisation, title=f"johtaja {MARK}", speciality=MARK, biography=f"<p>{MARK}</p>"
    )
    venue = VenueFactory(
        name=f"Talo {MARK}", street_address=f"Katu {MARK}", directions=f"<p>{MARK}</p>", accessibility=f"<p>{MARK}</p>"
    )
    notice = PrivacyNoticeFactory(
        title=MARK,
        purpose=MARK,
        retention=MARK,
        body=f"<p>{MARK}</p>",
        rights=f"<p>{MARK}</p>",
        controller=organisation,
    )
    return {
        "organisation": organisation,
        "person": person,
        "venue": venue,
        "notice": notice,
        "topic": TopicFactory(name=MARK),
    }


def seen(client: Client, page: Any) -> str:
    response = client.get(page.get_url())
    assert response.status_code == 200
    html = response.content.decode()
    assert MARK in html
    return html


@pytest.mark.parametrize("attendance", ["on_site", "hybrid"])
def test_event_with_entries_that_are_not_translated(client: Client, finnish: dict[str, Any], attendance: str) -> None:
    event = event_with_desk(
        title=MARK,
        attendance=attendance,
        venue=finnish["venue"],
        privacy_notice=finnish["notice"],
        contacts=[("person", finnish["person"])],
        questions=[question("choice", MARK, help_text=MARK, choices=[MARK]), question("heading", MARK)],
    )
    Speaker.objects.create(page=event, person=finnish["person"], locale=event.locale)
    Organiser.objects.create(page=event, organisation=finnish["organisation"], locale=event.locale)
    TopicLink.objects.create(page=event, topic=finnish["topic"], locale=event.locale)
    index = version(event.get_parent().specific, "sv", title="Evenemang", slug="evenemang", summary="Allt.")
    swedish = publish(version(type(event).objects.get(pk=event.pk), "sv", title="Webbinarium", summary="Kort."))
    # The Swedish page does not have the questions' words yet.
    for asked in Question.objects.filter(desk=desk_of(event)):
        asked.labels = {"fi": MARK}
        asked.help_texts = {"fi": MARK}
        asked.choice_rows = [{**row, "labels": {"fi": MARK}} for row in asked.choice_rows]
        asked.save()

    html = seen(client, swedish)
    assert html.count(MARK) > 15
    assert taken_for_the_pages_own(html) == []
    form = client.post(f"/sv/registrations/{event.translation_key}/", {}, headers={"sec-fetch-site": "same-origin"})
    assert taken_for_the_pages_own(form.content.decode()) == []
    assert taken_for_the_pages_own(seen(client, index)) == []
    # What is Finnish on a Finnish page is not marked.
    assert "<span lang" not in client.get(event.get_url()).content.decode()


def test_network_with_entries_and_links_that_are_not_translated(
    client: Client, homes: dict[str, HomePage], finnish: dict[str, Any]
) -> None:
    other = StandardPageFactory(parent=homes["fi"], title=MARK)
    index = NetworkIndexPageFactory(parent=homes["fi"])
    links = [("page", other), ("link", {"title": "Egna ord", "page": other}), ("link", {"title": "", "page": other})]
    network = NetworkPageFactory(parent=index, facilitator=finnish["person"], related=links)
    NetworkHost.objects.create(page=network, organisation=finnish["organisation"], locale=network.locale)
    version(index, "sv", title="Nätverk", summary="Allt.")
    swedish = version(
        network,
        "sv",
        title="Ett nätverk",
        summary="Kort.",
        body=[("links", {"title": "", "links": [{"title": "", "page": other}]})],
    )
    html = seen(client, swedish)
    assert taken_for_the_pages_own(html) == []
    assert f'hreflang="fi">{MARK}</a>' in html
    assert ' hreflang="fi">Egna ord</a>' in html
    assert ' lang="fi" hreflang="fi">Egna ord</a>' not in html


def test_header_and_footer_with_pages_that_are_not_translated(client: Client, homes: dict[str, HomePage]) -> None:
    other = StandardPageFactory(parent=homes["fi"], title=MARK)
    SiteSettings.objects.update_or_create(
        locale=homes["sv"].locale,
        defaults={
            "name": "Nätverket",
            "header_links": [("link", {"title": "", "page": other})],
            "footer_columns": [("column", {"title": "Om", "links": [{"title": "", "page": other}]})],
            "accessibility_page": other,
            "privacy_page": other,
        },
    )
    html = seen(client, homes["sv"])
    assert html.count(MARK) == 4
    assert taken_for_the_pages_own(html) == []


def test_languages_are_asked_for_once(homes: dict[str, HomePage], django_assert_num_queries: Any) -> None:
    clear_language_codes()
    with django_assert_num_queries(1):
        assert [language_code_of(homes[code]) for code in ("fi", "sv", "en")] == ["fi", "sv", "en"]
    assert language_code_of(None) == ""


def test_words_of_another_language_are_escaped_too() -> None:
    assert in_language("<b>", "sv") == '<span lang="sv">&lt;b&gt;</span>'
