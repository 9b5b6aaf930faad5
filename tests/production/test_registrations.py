"""Registering at a running site, personal links, and what others must not learn."""

import datetime as dt
import random
import re
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urljoin

import pytest
import requests

from tests.faults.crowd import form_to_send_again
from tests.journeys import test_outside_checks
from tests.journeys.conftest import Web
from tests.journeys.signing_up import OPEN, filled_in, registrations_of
from tests.production.conftest import Staff
from tests.production.net import Network
from tests.production.site import ProductionSite

pytestmark = pytest.mark.production
LANGUAGES = ("fi", "sv", "en")
LINK = "/fi/registrations/link/"
#: Below the manage page.
MANAGE = (
    "",
    "change/",
    "confirm/",
    "offer/",
    "cancel/",
    "rejoin/",
    "calendar/",
    "data/",
    "file/x/",
    "erase/",
)
OF_DESK = (
    "SELECT r.status, count(*) FROM verkosto_registrations_registration r JOIN verkosto_registrations_desk d"
    " ON d.id = r.desk_id WHERE d.translation_key = ? GROUP BY r.status ORDER BY r.status"
)


def sign_up(site: ProductionSite, email: str, name: str = "Aino Esimerkki", language: str = "fi") -> requests.Response:
    with Web(site.url) as visitor:
        desk = site.desk(OPEN, language)
        return visitor.post(desk, filled_in(visitor.get(desk).text, name=name, email=email))


def shown(text: str) -> str:
    """Return a page without what differs in each answer: nonces, and the signature of a receipt."""
    return re.sub(r'nonce="[^"]*"|/received/[^"/]*|name="rendered" value="[^"]*"', "", text)


class Samples:
    """The seconds that answers to known and to unknown addresses took."""

    def __init__(self) -> None:
        self.known: list[float] = []
        self.unknown: list[float] = []

    def add(self, seconds: float, *, is_known: bool) -> None:
        (self.known if is_known else self.unknown).append(seconds)

    def medians(self) -> tuple[float, float]:
        return statistics.median(self.known), statistics.median(self.unknown)

    def are_alike(self) -> bool:
        """Return whether the medians differ by at most a fifth."""
        shorter, longer = sorted(self.medians())
        return longer <= shorter * 1.2


def posted(visitor: Web, path: str, form: dict[str, str]) -> int:
    """Send a form; again, as the queue page asks, where the site is too slow for all at once. Return the last status."""
    answer = visitor.post(path, form)
    for _time in range(30):
        if answer.status_code != 503:
            break
        time.sleep(1)
        action, kept = form_to_send_again(answer.text)
        answer = visitor.post(urljoin(path, action), kept)
    return answer.status_code


def test_fifty_at_once_for_ten_places_get_ten(production: ProductionSite, net: Network) -> None:
    visitors = []
    for number in range(50):
        net.move()
        visitor = Web(production.url)
        path = f"/{LANGUAGES[number % 3]}/registrations/{production.made['ten_key']}/"
        form = filled_in(visitor.get(path).text, name=f"Osallistuja {number}", email=f"ten-{number}@example.fi")
        visitors.append((visitor, path, form))  # its connection stays open, from its own address
    with ThreadPoolExecutor(50) as pool:
        codes = [*pool.map(lambda each: posted(*each), visitors)]
    assert codes == [302] * 50
    assert production.rows(OF_DESK, production.made["ten_key"]) == [("confirmed", 10), ("waiting", 40)]


def test_same_post_twice_in_parallel_is_one_registration_one_mail_and_one_receipt(
    production: ProductionSite, web: Web
) -> None:
    desk = production.desk(OPEN, "sv")
    form = filled_in(web.get(desk).text, name="Dubbel", email="twice@example.fi")
    with Web(production.url) as one, Web(production.url) as other, ThreadPoolExecutor(2) as pool:
        answers = [*pool.map(lambda visitor: visitor.post(desk, form), (one, other))]
        assert [answer.status_code for answer in answers] == [302, 302]
        receipts = [
            shown(visitor.get(answer.headers["Location"]).text)
            for visitor, answer in zip((one, other), answers, strict=True)
        ]
    assert receipts[0] == receipts[1]
    assert registrations_of(production, "twice@example.fi") == [("confirmed", "sv", "Dubbel")]
    assert len(production.mails("twice@example.fi")) == 1


def test_registered_address_again_gets_the_first_answer_and_its_owner_a_mail(
    production: ProductionSite, web: Web
) -> None:
    first, again = sign_up(production, "again@example.fi"), sign_up(production, "again@example.fi", name="Joku Muu")
    assert (first.status_code, again.status_code) == (302, 302)
    pages = [shown(web.get(each.headers["Location"]).text) for each in (first, again)]
    assert pages[0] == pages[1]
    assert registrations_of(production, "again@example.fi") == [("confirmed", "fi", "Aino Esimerkki")]
    assert len(production.mails("again@example.fi")) == 2


def test_victim_of_twenty_posts_gets_three_mails_and_each_poster_the_same_page(
    production: ProductionSite, net: Network
) -> None:
    sign_up(production, "victim@example.fi")
    answers = set()
    for _poster in range(20):
        net.move()
        with Web(production.url) as stranger:
            answer = stranger.post(LINK, {"email": "victim@example.fi"})
            answers.add((answer.status_code, shown(stranger.get(answer.headers["Location"]).text)))
        assert sign_up(production, "victim@example.fi", name="Ilkeä").status_code == 302
    assert len(answers) == 1
    assert next(iter(answers))[0] == 302
    assert len(production.mails("victim@example.fi")) == 3


def test_known_and_unknown_addresses_get_the_same_answer_in_the_same_time(
    production: ProductionSite, net: Network
) -> None:
    """The median times differ by at most a fifth.

    Ten addresses of each kind ask three times a round, in a random order, so that what disturbs the machine hits both
    kinds alike. All that was measured is compared after each round: chance becomes smaller with each, and a difference
    of ours does not. The hourly limit is lifted before each round: every request of a known address writes its email.
    """
    known, unknown = ([f"{kind}-{number}@example.fi" for number in range(10)] for kind in ("known", "unknown"))
    for email in known:
        net.move()
        sign_up(production, email)
    order, times = random.Random(14), Samples()
    answers: dict[str, set[tuple[int, str]]] = {}
    for _round in range(10):
        production.mails(known[0])  # the worker has nothing left to do
        production.rows("UPDATE verkosto_registrations_message SET mailbox = ''")
        for email in order.sample([*known, *unknown] * 3, 60):
            net.move()
            with Web(production.url) as visitor:
                visitor.get("/healthz")  # so that the connection is open
                started = time.perf_counter()
                answer = visitor.post(LINK, {"email": email})
                times.add(time.perf_counter() - started, is_known=email in known)
            answers.setdefault(email.partition("-")[0], set()).add(
                (answer.status_code, answer.text + answer.headers["Location"])
            )
        if times.are_alike():
            break
    assert times.are_alike(), times.medians()
    assert answers == {"known": {(302, f"{LINK}sent/")}, "unknown": {(302, f"{LINK}sent/")}}
    assert len(production.mails(known[0])) > 1


def test_unknown_altered_and_expired_tokens_are_the_same_404(production: ProductionSite, web: Web) -> None:
    sign_up(production, "token@example.fi")
    link = production.personal_link("token@example.fi")
    token = link.rstrip("/").rpartition("/")[2]
    assert len(token) >= 43
    assert production.rows(
        "SELECT count(*) FROM verkosto_registrations_accesstoken t WHERE strpos(t::text, ?) > 0", token
    ) == [(0,)]
    base, own = link[: -len(token) - 1], production.manage_path("token@example.fi")
    production.rows(
        "UPDATE verkosto_registrations_accesstoken SET expires_at = ? WHERE registration_id ="
        " (SELECT id FROM verkosto_registrations_registration WHERE email = ?)",
        dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
        "token@example.fi",
    )
    addresses = [link, f"{base}{token[:-1]}x/", f"{base}{'u' * 43}/"]
    addresses += [own + name for name in MANAGE] + [f"/fi/registrations/manage/UNKNOWN1/{name}" for name in MANAGE]
    answers = [web.get(address) for address in addresses]
    assert {answer.status_code for answer in answers} == {404}
    assert len({shown(answer.text) for answer in answers}) == 1
    unknown = own.replace(own.rstrip("/").rpartition("/")[2], "UNKNOWN1")
    for name in (*MANAGE, "leave/"):
        posted = [web.post(address + name) for address in (own, unknown)]
        assert len({(answer.status_code, shown(answer.text)) for answer in posted}) == 1, name


def test_get_and_head_of_personal_links_change_nothing(production: ProductionSite) -> None:
    sign_up(production, "safe@example.fi")
    link, own = production.personal_link("safe@example.fi"), production.manage_path("safe@example.fi")
    rows = "SELECT * FROM verkosto_registrations_registration WHERE email = 'safe@example.fi'"
    changes = "SELECT count(*) FROM verkosto_registrations_statuschange"
    before = production.rows(rows), production.rows(changes)
    with Web(production.url) as registrant:
        for _time in range(5):
            for address in (link, own, *(own + name for name in MANAGE)):
                assert registrant.get(address).status_code < 500
                assert registrant.head(address).status_code < 500
    assert (production.rows(rows), production.rows(changes)) == before


def test_manage_page_stays_out_of_caches_indexes_and_logs(production: ProductionSite) -> None:
    """Its policy is ``same-origin``: like ``no-referrer`` it tells no other site, and its own forms keep their origin.

    With ``no-referrer`` browsers send ``Origin: null`` with the forms of the page (Fetch Standard, “append a request
    Origin header”), and those without Fetch Metadata could not be told from forms of other sites.
    """
    sign_up(production, "private@example.fi")
    link = production.personal_link("private@example.fi")
    token = link.rstrip("/").rpartition("/")[2]
    with Web(production.url) as registrant:
        assert token not in registrant.get(link).headers["Location"]
        for name in ("", "change/", "cancel/", "erase/", "data/", "calendar/", "file/unknown/"):
            headers = registrant.get(production.manage_path("private@example.fi") + name).headers
            assert headers["Cache-Control"] == "no-store, private", name
            assert headers["X-Robots-Tag"] == "noindex, nofollow", name
            assert headers["Referrer-Policy"] == "same-origin", name
        registrant.get(link[:-2] + "x/")
        registrant.post(link, {"a": "b"})
    assert token[:20] not in production.log()
    assert "private@example.fi" not in production.log()


def test_names_that_staff_search_for_are_in_no_log(production: ProductionSite) -> None:
    """Staff search by GET, so that a list can be reloaded and shared: no log that the guide describes has a query."""
    searched = ("registrations/", "registrations/messages/", "members/", "translations/")
    with Staff(production.url, "admin") as staff:
        for path in searched:
            assert staff.get(f"/admin/{path}?q=Salanimi").status_code == 200, path
        assert staff.get("/admin/registrations/0/?q=Salanimi").status_code == 404
    assert [path for path in searched if f" GET /admin/{path} 200 " not in production.log()] == []
    assert "Salanimi" not in production.log()


def test_shared_cache_holds_nothing_of_a_registrant(production: ProductionSite, web: Web) -> None:
    test_outside_checks.test_registrants_page_leaves_nothing_on_the_public_one(production, web)
    page = production.path(OPEN, "fi")
    assert [web.get(page).headers["X-Cache"] for _time in range(2)][1] == "HIT"
    assert web.get(production.manage_path("cache@example.fi")).headers["X-Cache"] != "HIT"
