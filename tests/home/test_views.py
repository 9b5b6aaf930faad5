import re

import pytest
from django.test import Client

from event_pages.models import EventPage
from home.models import HomePage
from home.views import server_error
from tests.factories import EventIndexPageFactory, EventPageFactory, StandardPageFactory, VenueFactory, in_language
from tests.plugin_app.models import ExcursionPage
from verkosto.core.locales import Alternate

BAD_QUERIES = ["\x00", "a" * 10_000, '"', "*", "a AND (", "' OR 1=1 --", "ä-ö:å", "%", "\\", "()", "NEAR/2"]


class ExcursionPageFactory(EventPageFactory):
    class Meta:
        model = ExcursionPage


def titles(response: object) -> list[str]:
    return [page.title for page in response.context["results"]]


def test_search_finds_pages_of_the_active_language_alone(client: Client, homes: dict[str, HomePage]) -> None:
    page = StandardPageFactory(parent=homes["fi"], title="Verkoston kokous", summary="Satakieli laulaa.")
    in_language(page, "sv", title="Möte", summary="Satakieli sjunger.")

    assert titles(client.get("/fi/search/", {"q": "satakieli"})) == ["Verkoston kokous"]
    assert titles(client.get("/sv/search/", {"q": "satakieli"})) == ["Möte"]
    assert titles(client.get("/en/search/", {"q": "satakieli"})) == []


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("fi", "Ei hakutuloksia haulle ”&lt;x&gt;”"),
        ("sv", "Inga resultat för ”&lt;x&gt;”"),
        ("en", "No results for “&lt;x&gt;”"),
    ],
)
def test_search_without_results_names_the_query(
    client: Client, homes: dict[str, HomePage], language: str, heading: str
) -> None:
    response = client.get(f"/{language}/search/", {"q": "<x>"})
    assert f'id="results">{heading}</h2>' in response.content.decode()


def test_search_leaves_out_drafts_and_private_pages(client: Client, homes: dict[str, HomePage]) -> None:
    StandardPageFactory(parent=homes["fi"], title="Luonnos satakieli", live=False)
    private = StandardPageFactory(parent=homes["fi"], title="Yksityinen satakieli")
    private.view_restrictions.create(restriction_type="login")

    assert titles(client.get("/fi/search/", {"q": "satakieli"})) == []


@pytest.mark.parametrize("query", BAD_QUERIES)
def test_search_with_a_bad_query_answers(client: Client, homes: dict[str, HomePage], query: str) -> None:
    response = client.get("/fi/search/", {"q": query})

    if "\x00" in query:
        assert (response.status_code, "400.html" in {template.name for template in response.templates}) == (400, True)
        return
    is_too_long = len(query) > 200
    assert response.status_code == (400 if is_too_long else 200)
    assert ("q" in response.context["form"].errors, titles(response)) == (is_too_long, [])


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 30, "²", "1.5"])
def test_search_with_a_bad_page_number_answers(client: Client, homes: dict[str, HomePage], number: str) -> None:
    StandardPageFactory(parent=homes["fi"], title="Satakieli")

    response = client.get("/fi/search/", {"q": "satakieli", "page": number})

    assert response.status_code == 200
    assert titles(response) == ["Satakieli"]


@pytest.mark.parametrize("count", [1, 30])
def test_search_takes_a_constant_number_of_queries(
    client: Client, homes: dict[str, HomePage], django_assert_max_num_queries: object, count: int
) -> None:
    for number in range(count):
        StandardPageFactory(parent=homes["fi"], title=f"Satakieli {number}")
    client.get("/fi/search/", {"q": "satakieli"})

    with django_assert_max_num_queries(12):  # type: ignore[operator]
        client.get("/fi/search/", {"q": "satakieli"})


def test_search_shows_events_as_lists_do(client: Client, homes: dict[str, HomePage]) -> None:
    index = EventIndexPageFactory(parent=homes["fi"])
    event = EventPageFactory(parent=index, title="Satakieli", venue=VenueFactory(city="Oulu", locale=index.locale))
    page = StandardPageFactory(parent=homes["fi"], title="Satakieli")

    entries = client.get("/fi/search/", {"q": "satakieli"}).context["entries"]
    found = {entry.page.pk: entry.row and (str(entry.row.place), entry.row.date.days[0].datetime) for entry in entries}
    assert found == {event.pk: ("Oulu", "2126-09-16T13:00:00+03:00"), page.pk: None}


def test_search_shows_events_of_a_plugin_with_the_others_and_counts_them(
    client: Client, homes: dict[str, HomePage]
) -> None:
    index = EventIndexPageFactory(parent=homes["fi"])
    own = ExcursionPageFactory(parent=index, title="Satakieli retkellä", audience="Lintujen ystävät")
    event = EventPageFactory(parent=index, title="Satakieli", audience="Lintujen tuntijat")
    StandardPageFactory(parent=homes["fi"], title="Satakieli", summary="Lintujen laulu.")

    everything = client.get("/fi/search/", {"q": "satakieli lintujen"})
    events = client.get("/fi/search/", {"q": "satakieli lintujen", "type": "event"})

    assert [(str(tab.label), tab.count) for tab in everything.context["tabs"]] == [
        ("Kaikki", 3),
        ("Tapahtumat", 2),
        ("Muut sivut", 1),
    ]
    assert {entry.page.pk: (type(entry.page), entry.excerpt) for entry in events.context["entries"]} == {
        own.pk: (ExcursionPage, "<mark>Lintujen</mark> ystävät"),
        event.pk: (EventPage, "<mark>Lintujen</mark> tuntijat"),
    }


@pytest.mark.parametrize("path", ["/fi/search/?q=satakieli", "/fi/ei-ole/"])
def test_pages_without_content_lead_to_the_main_sections(
    client: Client, homes: dict[str, HomePage], path: str
) -> None:
    EventIndexPageFactory(parent=homes["fi"], slug="tapahtumat", show_in_menus=True)

    steps = client.get(path).content.decode().partition('<nav class="next-steps"')[2].partition("</nav>")[0]
    assert re.findall(r'href="([^"]+)"', steps) == ["/fi/", "/fi/tapahtumat/"]


def test_not_found_offers_the_languages_that_exist(client: Client, homes: dict[str, HomePage]) -> None:
    page = StandardPageFactory(parent=homes["fi"], title="Tietoa", slug="tietoa")
    in_language(page, "en", title="About", slug="about")

    response = client.get("/sv/tietoa/")

    assert response.status_code == 404
    assert response.context["versions"] == [
        Alternate("fi", "suomi", "http://localhost/fi/tietoa/", "Tietoa", False),
        Alternate("en", "English", "http://localhost/en/about/", "About", False),
    ]
    assert response.headers["Content-Language"] == "sv"


def test_not_found_for_an_unpublished_translation_offers_the_others(
    client: Client, homes: dict[str, HomePage]
) -> None:
    page = StandardPageFactory(parent=homes["fi"], title="Tietoa", slug="tietoa")
    in_language(page, "sv", title="Om oss", slug="om-oss").unpublish()

    versions = client.get("/sv/om-oss/").context["versions"]

    assert [version.title for version in versions] == ["Tietoa"]


def test_not_found_for_an_unpublished_home_shows_no_other_language(client: Client, homes: dict[str, HomePage]) -> None:
    homes["sv"].unpublish()

    response = client.get("/sv/")

    assert response.status_code == 404
    assert [version.language_code for version in response.context["versions"]] == ["fi", "en"]


def test_not_found_offers_no_private_page(client: Client, homes: dict[str, HomePage]) -> None:
    page = StandardPageFactory(parent=homes["fi"], slug="tietoa")
    page.view_restrictions.create(restriction_type="login")

    assert client.get("/sv/tietoa/").context["versions"] == []


@pytest.mark.parametrize("path", ["/fi/ei-ole/", "/de/", "/fi/%FF/", "/x" * 500])
def test_not_found_answers_whatever_the_address(client: Client, homes: dict[str, HomePage], path: str) -> None:
    response = client.get(path, follow=True)

    assert response.status_code == 404
    assert ("404.html" in {template.name for template in response.templates}, response.context["versions"]) == (
        True,
        [],
    )


@pytest.mark.parametrize(("path", "language"), [("/sv/x/", "sv"), ("/en/x/", "en"), ("/admin/", "fi")])
def test_server_error_needs_no_database(rf: object, path: str, language: str) -> None:
    response = server_error(rf.get(path))

    assert response.status_code == 500
    assert f'lang="{language}"' in response.content.decode()


def test_robots_names_the_sitemap(client: Client, homes: dict[str, HomePage]) -> None:
    response = client.get("/robots.txt")

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /fi/search/",
        "Disallow: /sv/search/",
        "Disallow: /en/search/",
        "",
        "Sitemap: http://testserver/sitemap.xml",
    ]
