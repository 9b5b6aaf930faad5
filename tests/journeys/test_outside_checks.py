"""What the site tells its visitors, seen from outside over all its pages."""

import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from bs4 import BeautifulSoup

from tests.instance import Instance, link_in
from tests.journeys.conftest import Web
from tests.journeys.signing_up import OPEN, filled_in, registrations_of

pytestmark = pytest.mark.journey

LANGUAGES = ("fi", "sv", "en")
UNTRANSLATED = ("/fi/ajankohtaista/verkostojen-vaikutukset/", "verkostojen-vaikutukset")


def sitemap(web: Web) -> list[str]:
    portions = re.findall(r"<loc>(.*?)</loc>", web.get("/sitemap.xml").text)
    return [found for portion in portions for found in re.findall(r"<loc>(.*?)</loc>", web.get(portion).text)]


def read_public_texts(instance: Instance) -> dict[str, str]:
    """Return the HTML of every page of the sitemap by its full address."""
    with Web(instance.url) as web, ThreadPoolExecutor(4) as pool:
        addresses = sitemap(web)
        answers = list(pool.map(web.get, addresses))
    assert {answer.status_code for answer in answers} == {200}
    assert not any("Set-Cookie" in answer.headers for answer in answers)
    return {address: answer.text for address, answer in zip(addresses, answers, strict=True)}


def read_public_pages(instance: Instance) -> dict[str, BeautifulSoup]:
    """Return every page of the sitemap, read, by its full address."""
    return parsed(read_public_texts(instance))


def parsed(texts: dict[str, str]) -> dict[str, BeautifulSoup]:
    return {address: BeautifulSoup(text, "html.parser") for address, text in texts.items()}


@pytest.fixture(scope="module")
def public_texts(instance: Instance) -> dict[str, str]:
    """The HTML of every page of the sitemap by its full address."""
    return read_public_texts(instance)


@pytest.fixture(scope="module")
def public_pages(public_texts: dict[str, str]) -> dict[str, BeautifulSoup]:
    """Every page of the sitemap, read, by its full address."""
    return parsed(public_texts)


def hreflang(page: BeautifulSoup) -> dict[str, str]:
    return {str(link["hreflang"]): str(link["href"]) for link in page.select("link[rel=alternate][hreflang]")}


def test_languages_of_every_page_agree(instance: Instance, public_pages: dict[str, BeautifulSoup]) -> None:
    """RFC 5646 tags, and what search engines ask of hreflang: reciprocal, with itself and x-default."""
    assert len(public_pages) > 90
    for address, page in public_pages.items():
        language = address.removeprefix(instance.url).split("/")[1]
        assert page.html
        assert page.html["lang"] == language
        versions = hreflang(page)
        assert versions[language] == address
        assert versions.pop("x-default") == versions.get("fi", address)
        for other in versions.values():
            back = hreflang(public_pages[other])
            assert {code: back[code] for code in versions} == versions
        switcher = {str(a["hreflang"]): str(a["href"]) for a in page.select("nav.languages a[hreflang]")}
        assert switcher == versions


def test_every_page_leads_to_the_accessibility_statement(
    instance: Instance, public_pages: dict[str, BeautifulSoup]
) -> None:
    for address, page in public_pages.items():
        language = address.removeprefix(instance.url).split("/")[1]
        links = [str(link["href"]).removeprefix(instance.url) for link in page.select("footer a[href]")]
        assert instance.path("accessibility", language) in links


def test_every_internal_link_leads_somewhere(instance: Instance, public_pages: dict[str, BeautifulSoup]) -> None:
    links = {
        (instance.url + href if href.startswith("/") else href).partition("#")[0]
        for page in public_pages.values()
        for href in (str(link["href"]) for link in page.select("a[href], link[href], img[src]") if link.get("href"))
        if href.startswith(("/", instance.url)) and not href.startswith("//")
    }
    with Web(instance.url) as web, ThreadPoolExecutor(4) as pool:
        broken = {
            link: answer.status_code
            for link, answer in zip(links, pool.map(web.head, links), strict=True)
            if answer.status_code >= 400
        }
    assert broken == {}


def test_links_within_a_page_have_their_target(public_pages: dict[str, BeautifulSoup]) -> None:
    for address, page in public_pages.items():
        ids = [str(element["id"]) for element in page.select("[id]")]
        assert len(ids) == len({*ids}), address
        fragments = {str(link["href"])[1:] for link in page.select("a[href^='#']")}
        assert fragments <= {*ids}, address


@pytest.mark.parametrize("language", ["sv", "en"])
def test_page_missing_in_a_language_offers_the_others(web: Web, language: str) -> None:
    finnish = web.get(UNTRANSLATED[0])
    assert finnish.status_code == 200
    assert {*hreflang(BeautifulSoup(finnish.text, "html.parser"))} == {"fi", "x-default"}
    answer = web.get(UNTRANSLATED[0].replace("/fi/", f"/{language}/"))
    assert answer.status_code == 404
    page = BeautifulSoup(answer.text, "html.parser")
    assert page.html
    assert page.html["lang"] == answer.headers["Content-Language"] == language
    offered = page.select_one(f"main a[href$='{UNTRANSLATED[1]}/']")
    assert offered
    assert offered["lang"] == "fi"


def test_headers_of_public_answers(instance: Instance, web: Web) -> None:
    for path in ("/fi/", instance.path(OPEN, "sv"), "/en/nowhere/", "/sv/search/?q=a", instance.desk(OPEN, "en")):
        headers = web.get(path).headers
        policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
        assert "unsafe" not in policy["script-src"] + policy["style-src"] + policy["default-src"]
        assert policy["object-src"] == policy["base-uri"] == "'none'"
        assert policy["frame-ancestors"] == "'self'"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] in ("strict-origin-when-cross-origin", "same-origin")
        assert headers["Permissions-Policy"]
        assert "Set-Cookie" not in headers


def test_nonces_are_fresh(web: Web) -> None:
    nonces = [re.findall(r'nonce="([^"]+)"', web.get("/fi/").text) for _ in range(2)]
    assert not {*nonces[0]} & {*nonces[1]}


def test_foreign_host_is_refused_and_its_name_is_in_no_link(instance: Instance, web: Web) -> None:
    assert web.get("/fi/", headers={"Host": "evil.example"}).status_code == 400
    page = instance.path(OPEN, "fi")
    forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "Forwarded": "host=evil.example"}
    for path in ("/", page, f"{page}event.ics", "/sitemap.xml", "/sitemap-1.xml", "/robots.txt"):
        answer = web.get(path, headers=forged)
        assert answer.status_code < 400
        assert "evil.example" not in answer.text + str(answer.headers)
    form = filled_in(web.get(page).text, name="Aino Esimerkki", email="forwarded@example.fi")
    assert web.post(instance.desk(OPEN, "fi"), form, headers=forged).status_code == 302
    assert "evil.example" not in instance.mails("forwarded@example.fi")[-1].as_string()


def test_forged_client_address_resets_no_limit(web: Web) -> None:
    answers = [
        web.post(
            "/fi/registrations/link/", {"email": "limit@example.fi"}, headers={"X-Forwarded-For": f"203.0.113.{n}"}
        ).status_code
        for n in range(40)
    ]
    assert answers[-1] == 429


def people_of_the_demo(instance: Instance) -> set[str]:
    """Return the names and addresses of its members, registrants, guests and colleagues. Each has a number in both.

    Other tests register people of their own, whose names and addresses have none.
    """
    tables = ("membership", "registration", "guest", "handoverrequest")
    apps = ("verkosto_networks", *["verkosto_registrations"] * 3)
    found = set()
    for app, table in zip(apps, tables, strict=True):
        rows = instance.rows(
            f"SELECT name, email FROM {app}_{table}"  # noqa: S608 names of tables
            " WHERE name GLOB '*[a-z] [0-9]*' AND (email = '' OR email GLOB '*.[0-9]*@example.fi')"
        )
        assert rows, table
        found |= {str(word) for row in rows for word in row if word}
    return found


def test_nobody_whom_the_site_knows_is_in_what_a_visitor_gets(
    instance: Instance, web: Web, public_texts: dict[str, str]
) -> None:
    """Every page of the sitemap, each read twice so that the second comes from the cache, the feeds and the search."""
    people = people_of_the_demo(instance)
    assert len(people) > 200
    cached = [instance.path(node, "sv") for node in ("network.difficult-decisions", "series.coming-season", "round.3")]
    lists = [instance.path(node, "sv") for node in ("events", "series.coming-season", "network.difficult-decisions")]
    feeds = [page + name for page in lists for name in ("calendar.ics", "events.rss", "events.atom")]
    texts = public_texts | {path: web.get(path).text for path in (*cached, *feeds, "/sitemap.xml", "/robots.txt")}
    assert [path for path in feeds if len(texts[path]) < 200] == []
    assert {(path, word) for path, text in texts.items() for word in people if word in text} == set()
    for word in ("member.203@example.fi", "guest.1@example.fi"):
        answer = BeautifulSoup(web.get("/sv/search/", params={"q": word}).text, "html.parser")
        hits = " ".join(hit.get_text() for hit in answer.select("[aria-labelledby=results] li"))
        assert [each for each in people if each in hits] == []


def test_structured_data_of_every_page_parses(public_pages: dict[str, BeautifulSoup]) -> None:
    found = [
        json.loads(script.string or "")
        for page in public_pages.values()
        for script in page.select("script[type='application/ld+json']")
    ]
    assert any(data.get("@type") == "Event" for data in found)


def test_one_desk_takes_registrations_of_every_language_and_writes_in_each(instance: Instance, web: Web) -> None:
    """From the pages of one event: two registrations in one list of the admin, each mail in its own language."""
    subjects = {}
    for language in ("sv", "fi"):
        email = f"one-desk-{language}@example.fi"
        page = web.get(instance.path(OPEN, language)).text
        answer = web.post(instance.desk(OPEN, language), filled_in(page, name=f"Kim {language}", email=email))
        assert answer.headers["Location"].startswith(f"/{language}/")
        assert registrations_of(instance, email) == [("confirmed", language, f"Kim {language}")]
        (mail,) = instance.mails(email)
        subjects[language] = str(mail["Subject"])
        assert link_in(mail).startswith(f"/{language}/")
    assert "Temadag om ledarskap" in subjects["sv"]
    assert "Johtamisen teemapäivä" in subjects["fi"]

    ((desk,),) = instance.rows(
        "SELECT DISTINCT desk_id FROM verkosto_registrations_registration WHERE email LIKE 'one-desk-%@example.fi'"
    )
    with Web(instance.url) as admin:
        token = BeautifulSoup(admin.get("/admin/login/").text, "html.parser").select_one("[name=csrfmiddlewaretoken]")
        assert token
        signed_in = admin.post(
            "/admin/login/",
            {"username": "admin", "password": "verkosto-demo", "csrfmiddlewaretoken": str(token["value"])},
            headers={"Referer": f"{instance.url}/admin/login/"},
        )
        assert signed_in.status_code == 302
        listed = admin.get(f"/admin/registrations/{desk}/?q=one-desk").text
    for language in ("sv", "fi"):
        assert f"one-desk-{language}@example.fi" in listed


def test_personal_link_is_in_no_log(instance: Instance, web: Web) -> None:
    form = filled_in(web.get(instance.desk(OPEN, "en")).text, name="Robin", email="log@example.fi")
    web.post(instance.desk(OPEN, "en"), form)
    link = instance.personal_link("log@example.fi")
    token = link.rstrip("/").rpartition("/")[2]
    web.get(link)
    web.get(link[:-2] + "x/")
    web.post(link, {"a": "b"})
    log = (instance.folder / "server.log").read_text()
    assert token[:20] not in log
    assert "log@example.fi" not in log
    assert not instance.rows("SELECT 1 FROM verkosto_registrations_accesstoken WHERE digest = ?", token)


def test_registrants_page_leaves_nothing_on_the_public_one(instance: Instance, web: Web) -> None:
    desk, page = instance.desk(OPEN, "fi"), instance.path(OPEN, "fi")
    web.post(desk, filled_in(web.get(desk).text, name="Aamu Ainutkertainen", email="cache@example.fi"))
    with Web(instance.url) as registrant:
        registrant.get(instance.personal_link("cache@example.fi"))
        own = registrant.get(instance.manage_path("cache@example.fi"))
        assert "Aamu Ainutkertainen" in own.text
        assert "no-store" in own.headers["Cache-Control"]
        assert "noindex" in own.headers["X-Robots-Tag"]
        public = registrant.get(page)
        assert "Cookie" not in public.request.headers  # nothing for a shared cache to tell visitors apart by
    for answer in (public, web.get(page)):
        assert "Ainutkertainen" not in answer.text
        assert "cache@example.fi" not in answer.text
    assert web.get(instance.manage_path("cache@example.fi")).status_code == 404
