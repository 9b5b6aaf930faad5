from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.models import ModelLogEntry

from verkosto.core.jobs import engine
from verkosto.core.scheduled_work.runner import run_scheduled_work
from verkosto.registrations.admin import bulk_actions
from verkosto.registrations.domain.capacity_audit import check
from verkosto.registrations.models import Job, Message, Note, Registration


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Two steps are many."""
    monkeypatch.setattr(engine, "INLINE_LIMIT", 2)


def bulk(client, action, desk, **data):
    path = reverse("wagtail_bulk_action", args=["verkosto_registrations", "registration", action])
    url = f"{path}?{urlencode({'id': 'all', 'childOf': desk.pk, 'next': '/admin/'})}"
    return client.post(url, data)


def statuses(desk):
    return sorted(desk.registrations.values_list("status", flat=True))


def test_the_worker_cancels_many_without_promoting_those_it_cancels_next(
    admin_client, make_desk, make_registration, django_capture_on_commit_callbacks
):
    desk = make_desk(capacity=2)
    people = [make_registration(desk, status=status) for status in ("confirmed", "confirmed", "waiting", "declined")]
    with django_capture_on_commit_callbacks(execute=True):
        answer = bulk(admin_client, "cancel", desk, reason="Sairaus")
        assert statuses(desk) == ["confirmed", "confirmed", "declined", "waiting"]
        assert Job.objects.get().text == "Sairaus"
    job = Job.objects.get()
    assert answer["Location"] == reverse("verkosto_registrations_admin:job", args=[job.pk])
    assert statuses(desk) == ["cancelled", "cancelled", "cancelled", "declined"]
    assert (job.state, job.done, job.total, job.text) == ("done", 3, 3, "")
    assert not Message.objects.filter(kind="promoted").exists()
    assert Message.objects.filter(kind="cancelled", context__reason="Sairaus").count() == 3
    assert people[0].changes.get(event="cancelled").user == job.user
    assert ModelLogEntry.objects.get(action="registrations.change").data == {"what": "cancel", "count": 3}
    assert check(desk).consistent


def test_refused_registrations_are_listed_by_name(
    admin_client, make_desk, make_registration, django_capture_on_commit_callbacks
):
    here, there = make_desk("1"), make_desk("2", capacity=2)
    for number in range(3):
        make_registration(here, name=f"Aino {number}")
    with django_capture_on_commit_callbacks(execute=True):
        bulk(admin_client, "move", here, to=there.pk)
    left = here.registrations.get()
    assert there.registrations.count() == 2
    page = admin_client.get(reverse("verkosto_registrations_admin:job", args=[Job.objects.get().pk]))
    assert [row["registration"] for row in page.context["refusals"]] == [left]
    assert reverse("verkosto_registrations_admin:registration", args=[here.pk, left.pk]) in page.content.decode()
    assert check(here).consistent
    assert check(there).consistent


def test_a_job_that_failed_continues_and_does_nothing_twice(
    admin_client, desk, make_registration, monkeypatch, django_capture_on_commit_callbacks
):
    for _n in range(4):
        make_registration(desk)
    take, calls = bulk_actions.lifecycle.cancel, []

    def fails_at_the_third(**given):
        calls.append(given)
        if len(calls) == 3:
            raise RuntimeError
        return take(**given)

    monkeypatch.setattr(bulk_actions.lifecycle, "cancel", fails_at_the_third)
    with django_capture_on_commit_callbacks(execute=True):
        bulk(admin_client, "cancel", desk)
    job = Job.objects.get()
    assert (job.state, job.done, statuses(desk)) == ("failed", 2, ["cancelled"] * 2 + ["confirmed"] * 2)
    assert (
        "RuntimeError" in admin_client.get(reverse("verkosto_registrations_admin:job", args=[job.pk])).content.decode()
    )
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(reverse("verkosto_registrations_admin:job_restart", args=[job.pk]))
    job.refresh_from_db()
    assert (job.state, job.done, statuses(desk)) == ("done", 4, ["cancelled"] * 4)
    assert Message.objects.filter(kind="cancelled").count() == 4


def test_one_of_two_runs_of_a_job_stops(desk, make_registration, admin):
    registration = make_registration(desk)
    job = bulk_actions.start_bulk_action(name="cancel", desk=desk, registrations=[registration.pk], user=admin)
    Job.objects.filter(pk=job.pk).update(state="running", done=1)
    with pytest.raises(engine.JobTakenOver):
        bulk_actions._apply_to_one(
            job=job, action=bulk_actions.bulk_actions()["cancel"], position=0, key=registration.pk, to=None
        )
    assert statuses(desk) == ["confirmed"]


def test_a_job_whose_worker_was_killed_is_continued(
    desk, make_registration, admin, django_capture_on_commit_callbacks
):
    registration = make_registration(desk)
    job = bulk_actions.start_bulk_action(name="attended", desk=desk, registrations=[registration.pk], user=admin)
    Job.objects.filter(pk=job.pk).update(state="running", heartbeat_at=timezone.now() - timedelta(minutes=5))
    assert run_scheduled_work()["resume_jobs"] == 0
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=11))
    with django_capture_on_commit_callbacks(execute=True):
        assert run_scheduled_work()["resume_jobs"] == 1
    assert Registration.objects.get().attendance == "attended"


def test_an_app_adds_a_bulk_action(desk, make_registration, admin, django_capture_on_commit_callbacks):
    registrations = [make_registration(desk, name=name) for name in ("Aino", "Björn")]

    def greet(registration, *, user, reason, to):
        registration.notes.create(text=f"{reason} {registration.name}", author=user)

    greeting = bulk_actions.BulkAction(label="Greet", statuses=("confirmed",), apply=greet)
    keys = [registration.pk for registration in registrations]
    with (
        hooks.register_temporarily("register_verkosto_bulk_actions", lambda: {"greet": greeting}),
        django_capture_on_commit_callbacks(execute=True),
    ):
        bulk_actions.start_bulk_action(name="greet", desk=desk, registrations=keys, user=admin, reason="Tervetuloa")
    assert Job.objects.get().result == {"refused": 0}
    assert sorted(Note.objects.values_list("text", flat=True)) == ["Tervetuloa Aino", "Tervetuloa Björn"]
