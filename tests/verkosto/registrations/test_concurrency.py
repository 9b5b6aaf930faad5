"""Many visitors at once (law 2), through the site as they meet it."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client

from tests.factories.registrations import desk_of, event_with_desk, in_three_languages, publish, register
from tests.factories.seasons import meeting_of, season
from verkosto.registrations.domain.capacity_audit import check
from verkosto.registrations.domain.participations import change_participation
from verkosto.registrations.forms.signup import SignUpForm
from verkosto.registrations.models import MeetingParticipation, Message, Registration


def post(url: str, desk, email: str, start: threading.Barrier):
    """Send the form as a browser does. Returns (status code, where it leads)."""
    stamp = SignUpForm(desk=desk, questions=[]).stamp
    start.wait()
    try:
        answer = Client().post(url, {"name": "Vieras", "email": email, "rendered": stamp})
        return answer.status_code, answer.headers.get("Location", "")
    finally:
        connections.close_all()


def run_at_once(jobs):
    start = threading.Barrier(len(jobs))
    with ThreadPoolExecutor(len(jobs)) as threads:
        return [done.result() for done in [threads.submit(post, *job, start) for job in jobs]]


@pytest.mark.django_db(transaction=True)
def test_sixty_visitors_in_three_languages_get_ten_places():
    event = event_with_desk(capacity=10)
    in_three_languages(event)
    desk = desk_of(event)
    languages = ["fi", "sv", "en"]
    jobs = [
        (f"/{languages[n % 3]}/registrations/{desk.translation_key}/", desk, f"visitor{n}@example.fi")
        for n in range(60)
    ]
    answers = run_at_once(jobs)
    assert Counter(code for code, _location in answers) == {302: 60}
    assert Counter(desk.registrations.values_list("status", flat=True)) == {"confirmed": 10, "waiting": 50}
    assert Counter(desk.registrations.values_list("language", flat=True)) == {"fi": 20, "sv": 20, "en": 20}
    count = check(desk)
    assert (count.taken, count.waiting, count.wrong) == (10, 50, [])
    assert Message.objects.filter(desk=desk).count() == 60


@pytest.mark.django_db(transaction=True)
def test_same_form_sent_twice_at_once_makes_one_registration():
    desk = desk_of(event_with_desk(capacity=10))
    url = f"/fi/registrations/{desk.translation_key}/"
    stamp = SignUpForm(desk=desk, questions=[]).stamp
    start = threading.Barrier(4)

    def send():
        start.wait()
        try:
            return Client().post(url, {"name": "A", "email": "a@example.fi", "rendered": stamp})
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        answers = [done.result() for done in [threads.submit(send) for _n in range(4)]]
    assert {answer.status_code for answer in answers} == {302}
    assert Registration.objects.count() == 1
    assert list(Message.objects.values_list("kind", flat=True)) == ["confirmed"]


@pytest.mark.django_db(transaction=True)
def test_meeting_that_all_add_at_once_has_no_more_people_than_places():
    series = season(1)
    meeting = meeting_of(series, 1)
    people = [register(desk_of(series), f"{number}@example.fi") for number in range(6)]
    for registration in people:
        change_participation(registration=registration, meeting=meeting.calendar_uid, comes=False)
    meeting.capacity = 2
    publish(meeting)
    start = threading.Barrier(len(people))

    def add(registration):
        start.wait()
        try:
            return change_participation(registration=registration, meeting=meeting.calendar_uid, comes=True)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(people)) as threads:
        assert list(threads.map(add, people)) == [True] * len(people)
    planned = Counter(MeetingParticipation.objects.values_list("planned", flat=True))
    assert planned == {"coming": 2, "waiting": 4}
