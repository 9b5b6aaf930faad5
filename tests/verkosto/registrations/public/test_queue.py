"""The queue page, which answers a form that has waited too long for the web server."""

import time
from io import BytesIO

import pytest
from bs4 import BeautifulSoup

from tests.factories.registrations import desk_of, event_with_desk
from verkosto.registrations import conf
from verkosto.registrations.forms.signup import SignUpForm
from verkosto.registrations.models import Registration
from verkosto.registrations.public.views import queue

NOW = 1_900_000_000.0


LIMIT = 30.0  # seconds, so that the tests do not depend on the machine's speed


@pytest.fixture
def others(settings):
    """Another request is being handled at the same time."""
    settings.REGISTRATION_QUEUE_LIMIT = LIMIT
    with queue.running.one():
        yield


def waited(seconds: float) -> str:
    """Return the header that nginx writes when a request arrives."""
    return f"t={time.time() - seconds:.3f}"


@pytest.mark.django_db
def test_form_that_waited_too_long_is_kept_and_sent_again_from_the_queue_page(client, others, caplog):
    desk = desk_of(event_with_desk())
    url = f"/sv/registrations/{desk.translation_key}/"
    form = {"name": 'Aino "Äijä" <b>', "email": "a@example.fi", "rendered": SignUpForm(desk=desk, questions=[]).stamp}
    answer = client.post(url, form, headers={"X-Request-Start": waited(1.5 * LIMIT)})
    assert (answer.status_code, answer["Cache-Control"]) == (503, "no-store, private")
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.html["lang"] == "sv"
    assert (page.h1.get_text(), page.title.get_text()) == (
        "Många anmäler sig just nu",
        "Många anmäler sig just nu – Verkosto",
    )
    assert int(answer["Retry-After"]) in (15, 20, 25, 30)
    assert f"Vänta ungefär {answer['Retry-After']} sekunder och skicka det sedan på nytt." in page.main.get_text()
    assert "http-equiv" not in str(page)
    kept = {field["name"]: field["value"] for field in page.select("form[method=post] input")}
    assert kept == form
    assert [(log.levelname, log.message) for log in caplog.records] == [("WARNING", "Busy: the queue page was shown")]
    assert not Registration.objects.exists()
    again = url + page.form["action"]
    assert client.post(again, kept, headers={"X-Request-Start": waited(1.5 * LIMIT)}).status_code == 302
    assert Registration.objects.get().name == 'Aino "Äijä" <b>'


@pytest.mark.django_db
def test_queue_page_names_lost_files_and_asks_to_go_back_with_a_form_that_is_too_long(client, others, monkeypatch):
    url = f"/en/registrations/{desk_of(event_with_desk()).translation_key}/"
    late = {"X-Request-Start": waited(2 * LIMIT)}
    page = client.post(url, {"name": "Aino", "file": BytesIO(b"cv")}, headers=late).content.decode()
    assert '<input type="hidden" name="lost" value="file">' in page
    assert "You need to choose the files again." in page
    monkeypatch.setattr("verkosto.registrations.public.views.errors.MAX_KEPT", 3)
    page = client.post(url, {"name": "Aino"}, headers=late).content.decode()
    assert "Go back and send the form again: a registration is never counted twice." in page
    assert "<form" not in page


@pytest.mark.django_db
def test_page_with_the_form_that_waited_too_long_leads_to_itself_by_a_link(client, others):
    url = f"/en/registrations/{desk_of(event_with_desk()).translation_key}/"
    answer = client.get(url, headers={"X-Request-Start": waited(2 * LIMIT)})
    page = BeautifulSoup(answer.content, "html.parser")
    assert (answer.status_code, page.main.a["href"], page.main.a.get_text()) == (503, url, "Open the page again")
    seconds = answer["Retry-After"]
    lead = f"You are in the queue. Wait about {seconds} seconds, then open the page again."
    assert page.find(class_="lead").get_text() == lead
    assert client.get(url, headers={"X-Request-Start": waited(0.2)}).status_code == 200


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (f"t={NOW - 2:.3f}", 2),
        (f"{NOW - 2:.3f}", 2),
        (f"t={(NOW - 2) * 1e3:.0f}", 2),
        (f"t={(NOW - 2) * 1e6:.0f}", 2),
        (f"t={NOW + 3600}", 0),  # the clocks of proxy and site differ
        (f"t={NOW - 3600}", 0),
        ("", 0),
        ("t=", 0),
        ("nan", 0),
        ("-inf", 0),
        ("yesterday", 0),
    ],
)
def test_seconds_in_the_queue(rf, monkeypatch, header, seconds):
    monkeypatch.setattr(queue.time, "time", lambda: NOW)
    assert queue.queue_seconds(rf.get("/", headers={"X-Request-Start": header})) == seconds


def test_queue_pages_name_different_times_so_that_not_all_come_back_at_once(rf):
    times = {queue.queue_page(rf.post("/"))["Retry-After"] for _page in range(100)}
    assert times == {"15", "20", "25", "30"}


def test_request_is_late_beyond_the_limit_unless_it_is_alone_or_has_waited(rf, settings):
    def is_late(limits: float, address: str = "/") -> bool:
        return queue.is_too_late(rf.post(address, headers={"X-Request-Start": waited(limits * LIMIT)}))

    assert conf.queue_limit() == 0.5
    settings.REGISTRATION_QUEUE_LIMIT = LIMIT
    stamped = "/" + BeautifulSoup(queue.queue_page(rf.post("/")).content, "html.parser").form["action"]
    with queue.running.one():
        assert not is_late(3)  # alone in its process
        with queue.running.one():
            assert [is_late(limits) for limits in (0.5, 1.5, 2.5)] == [False, True, True]
            assert [is_late(limits, stamped) for limits in (0.5, 1.5, 2.5)] == [False, False, True]
            assert is_late(1.5, stamped + "x")
            settings.REGISTRATION_QUEUE_LIMIT = 0
            assert not is_late(3)
    assert queue.running.count == 0
