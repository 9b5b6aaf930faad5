"""What breaks loses nothing: the mail server, the worker and the database (laws 2 and 5)."""

import os
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.conf import settings as site
from django.core import mail
from django.db import OperationalError, connection, connections
from django.test import Client
from django.utils import timezone

from tests.factories.registrations import desk_of, event_with_desk, register
from tests.mailserver import mail_server
from tests.services import free_port
from verkosto.registrations.domain.capacity_audit import check
from verkosto.registrations.forms.signup import SignUpForm
from verkosto.registrations.mail import delivery, outbox
from verkosto.registrations.models import Message, Registration
from verkosto.registrations.public.views import signup

SMTP = "django.core.mail.backends.smtp.EmailBackend"


def use(settings, port: int) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", port
    settings.EMAIL_TIMEOUT = 5


def states() -> dict[str, str]:
    return dict(Message.objects.values_list("recipient", "state"))


@pytest.mark.django_db
def test_mail_server_that_refuses_is_asked_again_or_shown_with_its_reason(desk, settings):
    for name in ("well", "busy", "unknown"):
        register(desk, f"{name}@example.fi")
    answers = {"busy@example.fi": "451 try later", "unknown@example.fi": "550 no such mailbox"}
    with mail_server() as server:
        use(settings, server.port)
        server.refuse = lambda recipient: answers.get(recipient, "")
        delivery.deliver_due()
        assert server.recipients == ["well@example.fi"]
        assert states() == {
            "well@example.fi": "sent",
            "busy@example.fi": "queued",
            "unknown@example.fi": "failed",
        }
        reasons = dict(Message.objects.exclude(failure="").values_list("recipient", "failure"))
        assert reasons == answers
        server.refuse = lambda recipient: ""
        Message.objects.update(due_at=timezone.now())
        outbox.resend(Message.objects.get(state="failed"))
        delivery.deliver_due()
    assert sorted(server.recipients) == ["busy@example.fi", "unknown@example.fi", "well@example.fi"]
    assert set(states().values()) == {"sent"}


@pytest.mark.django_db
def test_mail_server_that_does_not_answer_loses_nothing(desk, settings):
    port = free_port()
    use(settings, port)
    register(desk, "a@example.fi")
    assert delivery.deliver_due() == 0
    message = Message.objects.get()
    assert (message.state, message.attempts) == ("queued", 1)
    assert "ConnectionRefusedError" in message.failure
    Message.objects.update(due_at=timezone.now())
    with mail_server(port) as server:
        assert delivery.deliver_due() == 1
    assert (server.recipients, states()) == (["a@example.fi"], {"a@example.fi": "sent"})


def process(port: int, *arguments: str) -> "subprocess.Popen[bytes]":
    """A process of the site on the tests' database, with a mail server at the port."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.verkosto.registrations.live_settings"}
    environment |= {"LIVE_DATABASE": str(connection.settings_dict["NAME"]), "LIVE_SMTP": str(port)}
    return subprocess.Popen([sys.executable, "manage.py", *arguments], cwd=site.BASE_DIR, env=environment)


def wait_until(done, seconds: int = 60) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.mark.django_db(transaction=True)
def test_mails_of_a_killed_worker_arrive_at_most_twice_and_never_not_at_all():
    desk = desk_of(event_with_desk(capacity=20))
    with mail_server() as server:
        people = [f"person{number}@example.fi" for number in range(6)]
        for email in people:
            register(desk, email)
        for message in Message.objects.all():  # as if none had been sent: their Message-IDs are noted
            message.state, message.sent_at, message.attempts, message.message_id = "queued", None, 0, uuid.uuid4()
            message.save()
        killed = threading.Event()
        worker = process(server.port, "send_messages")

        def kill() -> None:
            if len(server.emails) == 3 and not killed.is_set():
                worker.kill()
                worker.wait(20)
                killed.set()

        server.while_sending = kill
        assert killed.wait(90)
        assert Message.objects.filter(state="sending").count() == 1
        assert Message.objects.filter(state="sent").count() == 2
        # The claim of a worker that is gone runs out after ten minutes.
        Message.objects.filter(state="sending").update(claimed_at=timezone.now() - timedelta(minutes=11))
        assert process(server.port, "run_scheduled_work").wait(90) == 0
        arrived = Counter(server.recipients)
    assert set(arrived) == set(people)
    assert sorted(arrived.values()) == [1, 1, 1, 1, 1, 2]
    twice = [letter["Message-ID"] for recipient, letter in server.emails if arrived[recipient] == 2]
    assert len(set(twice)) == 1
    assert set(states().values()) == {"sent"}


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_database_that_drops_its_connections_loses_no_acknowledged_registration(settings):
    settings.REGISTRATION_LIMITS = {"address": "", "address_unproven": ""}  # all send from one address, and many times
    desk = desk_of(event_with_desk(capacity=25))
    url = f"/fi/registrations/{desk.translation_key}/"
    visitors = 48
    answers: dict[str, int] = {}

    def visit(number: int) -> None:
        """A person who sends the form, and sends it again while told to, for two minutes at most."""
        email = f"visitor{number}@example.fi"
        form = {"name": "Vieras", "email": email, "rendered": SignUpForm(desk=desk, questions=[]).stamp}
        try:
            deadline = time.monotonic() + 120
            while time.monotonic() < deadline:
                answers[email] = Client(raise_request_exception=False).post(url, form).status_code
                if answers[email] != 503:
                    return
                time.sleep(0.05)
        finally:
            connections.close_all()

    over = threading.Event()
    dropped = []

    def drop() -> None:
        mine, pause = connection.cursor(), 0.15
        while not over.wait(pause):
            pause *= 1.1  # until an answer fits between two, on a slow machine too
            mine.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            dropped.extend(mine.fetchall())
        connections.close_all()

    connection.close()
    dropping = threading.Thread(target=drop)
    with ThreadPoolExecutor(8) as threads:
        dropping.start()
        try:
            list(threads.map(visit, range(visitors)))
        finally:
            over.set()
    dropping.join()
    assert dropped
    assert Counter(answers.values()) == {302: visitors}
    assert set(desk.registrations.values_list("email", flat=True)) == set(answers)
    count = check(desk)
    assert (count.taken, count.waiting, count.wrong) == (25, visitors - 25, [])
    assert Message.objects.filter(kind__in=["confirmed", "waiting"]).count() == visitors
    # Some mails were sent at once, some were claimed or only stored when the connection went: the next sweep sends these.
    Message.objects.filter(state="sending").update(claimed_at=timezone.now() - timedelta(minutes=11))
    Message.objects.exclude(state="sent").update(due_at=timezone.now())
    with mail_server() as server:
        assert process(server.port, "run_scheduled_work").wait(120) == 0
    at_once = [recipient for message in mail.outbox for recipient in message.to]
    assert {*at_once, *server.recipients} == set(answers)
    assert set(states().values()) == {"sent"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [OperationalError, connection.Database.OperationalError])
def test_visitor_keeps_what_was_typed_while_the_database_is_away(client, monkeypatch, error):
    """Also where the error is the driver's own, as when a server-side cursor is closed."""
    desk = desk_of(event_with_desk())
    url = f"/sv/registrations/{desk.translation_key}/"
    form = {"name": 'Aino "Äijä" <b>', "email": "a@example.fi", "rendered": SignUpForm(desk=desk, questions=[]).stamp}
    real = signup.form_context_at

    def away(key):
        raise error("terminating connection due to administrator command")

    monkeypatch.setattr(signup, "form_context_at", away)
    answer = client.post(url, form)
    html = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "30", "no-store, private")
    assert 'value="Aino &quot;Äijä&quot; &lt;b&gt;"' in html
    assert 'name="rendered"' in html
    monkeypatch.setattr(signup, "form_context_at", real)
    assert client.post(url, form).status_code == 302
    assert Registration.objects.get().name == 'Aino "Äijä" <b>'
