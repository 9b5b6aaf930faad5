"""A site whose Redis is killed, or hangs: slower, never wrong, never down (findings: “an accelerator is a dependency”)."""

import signal
import subprocess
import time
from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.test import Client

from home.models import HomePage
from tests import services
from tests.factories.registrations import desk_of, event_with_desk
from tests.verkosto.registrations.form_posts import address, fill
from verkosto.core import circuit_breaker, redis_cache
from verkosto.core.content_cache import content_version
from verkosto.registrations.models import Registration

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.redis,
]
PAUSE = 0.2  # seconds


class RedisServer:
    """A Redis of this test's own, which can be killed, stopped and started."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.port = services.free_port()
        self.start()

    @property
    def address(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(command, cwd=self.folder, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while not services.answers("127.0.0.1", self.port):
            assert time.monotonic() < deadline
            time.sleep(0.02)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(30)

    def hang(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self.process.send_signal(signal.SIGCONT)


@pytest.fixture
def redis(tmp_path, settings, monkeypatch, page_cache) -> Iterator[RedisServer]:
    server = RedisServer(str(tmp_path))
    cache = {"BACKEND": "verkosto.core.redis_cache.RedisCache", "LOCATION": server.address}
    settings.CACHES = {"default": cache, "shared": cache}
    monkeypatch.setattr(circuit_breaker, "PAUSE", PAUSE)
    yield server
    server.go_on()
    server.kill()


OUTAGES = [pytest.param("kill", id="killed"), pytest.param("hang", id="hanging")]


@pytest.mark.parametrize("outage", OUTAGES)
def test_pages_are_made_without_the_cache(redis, outage, homes: dict[str, HomePage], monkeypatch) -> None:
    kept = Client().get("/fi/")
    assert Client().get("/fi/").content == kept.content
    monkeypatch.setattr(circuit_breaker, "PAUSE", 600)
    attempts = []
    fail = circuit_breaker.CircuitBreaker._fail
    monkeypatch.setattr(
        circuit_breaker.CircuitBreaker, "_fail", lambda breaker, error: (attempts.append(error), fail(breaker, error))
    )
    getattr(redis, outage)()

    assert [Client().get("/fi/").status_code for _n in range(5)] == [200] * 5
    # One wait for the first attempt; not one for each call or page.
    assert len(attempts) == 1
    assert redis_cache.CONNECTION_OPTIONS["socket_timeout"] == 0.5


@pytest.mark.parametrize("outage", OUTAGES)
def test_publishing_publishes_and_nothing_older_is_found_afterwards(redis, outage, homes) -> None:
    Client().get("/fi/")
    before = content_version()
    getattr(redis, outage)()

    homes["fi"].title = "Uusi otsikko"
    homes["fi"].save_revision().publish()
    assert "Uusi otsikko" in Client().get("/fi/").content.decode()

    {"hang": redis.go_on, "kill": redis.start}[outage]()
    time.sleep(PAUSE)
    assert content_version() != before
    assert "Uusi otsikko" in Client().get("/fi/").content.decode()
    assert caches["default"].get("x", "nothing") == "nothing"
    assert not caches["default"].breaker.is_open


@pytest.mark.parametrize("outage", OUTAGES)
def test_registrations_are_taken_and_limited_meanwhile(redis, outage, settings) -> None:
    settings.REGISTRATION_LIMITS = {"address": "3/hour"}
    desk = desk_of(event_with_desk())
    getattr(redis, outage)()

    codes = [Client().post(address(desk), fill(desk, email=f"v{n}@example.fi")).status_code for n in range(5)]

    assert codes == [302, 302, 302, 429, 429]
    assert Registration.objects.count() == 3


@pytest.mark.parametrize("outage", OUTAGES)
def test_readyz_says_degraded(redis, outage, client) -> None:
    assert client.get("/readyz").json()["status"] == "ok"
    getattr(redis, outage)()

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["cache"]) == ("degraded", "failed")


def test_every_call_of_the_cache_has_an_answer_without_redis(redis) -> None:
    cache = caches["default"]
    cache.set("one", 1)
    redis.kill()

    assert cache.get("one", "default") == "default"
    assert cache.get_many(["one"]) == {}
    assert cache.add("two", 2) is False
    assert cache.touch("one") is False
    assert cache.delete("one") is False
    assert cache.has_key("one") is False
    assert cache.set_many({"one": 1, "two": 2}) == ["one", "two"]
    assert cache.get_or_set("one", lambda: 5) == 5
    cache.clear()
    cache.set("one", 1)
    cache.delete_many(["one"])
    with pytest.raises(ValueError, match="not found"):
        cache.incr("one")


def test_closed_idle_connection_is_no_outage(redis) -> None:
    cache = caches["default"]
    cache.set("one", 1)
    subprocess.run(["redis-cli", "-p", str(redis.port), "client", "kill", "type", "normal"], check=False)  # noqa: S607

    assert cache.get("one") == 1
    assert not cache.breaker.is_open


def test_a_stored_page_takes_one_round_trip(redis, homes: dict[str, HomePage]) -> None:
    Client().get("/fi/")
    client = caches["default"]._cache.get_client()
    before = client.info("commandstats")

    Client().get("/fi/")

    after = client.info("commandstats")
    calls = {name: found["calls"] - before.get(name, {"calls": 0})["calls"] for name, found in after.items()}
    assert {name: number for name, number in calls.items() if number and name != "cmdstat_info"} == {"cmdstat_mget": 1}


def test_client_of_one_server_is_made_once_and_a_replica_is_chosen_for_each_read(redis) -> None:
    alone = redis_cache.RedisCache(redis.address, {})
    kept = alone._cache.get_client()
    alone.set("key", "value")
    assert (alone.get("key"), alone.get_many(["key"])) == ("value", {"key": "value"})
    assert alone._cache.get_client(write=True) is alone._cache.get_client() is kept
    replicated = redis_cache.RedisCache([redis.address, f"redis://127.0.0.1:{redis.port}/1"], {})._cache
    assert [replicated.get_client(write=write).get_connection_kwargs()["db"] for write in (True, False)] == [0, 1]
