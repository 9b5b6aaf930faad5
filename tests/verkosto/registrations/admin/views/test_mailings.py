from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from verkosto.core.jobs import engine
from verkosto.core.scheduled_work.runner import run_scheduled_work
from verkosto.registrations.models import Job, Mailing, Message

WORDS = {
    "subject_fi": "Hei {name}",
    "body_fi": "Tervetuloa: {title}",
    "subject_sv": "Hej {name}",
    "body_sv": "Välkommen: {title}",
}


@pytest.fixture
def people(desk, make_registration):
    return [
        make_registration(desk, name="Aino"),
        make_registration(desk, name="Björn", language="sv"),
        make_registration(desk, name="Waiting", status="waiting"),
    ]


@pytest.fixture
def url(desk, people):
    return reverse("verkosto_registrations_admin:mailing_new", args=[desk.pk])


def test_a_mail_is_previewed_in_each_language_and_not_stored(admin_client, url):
    response = admin_client.post(url, {**WORDS, "status": ["confirmed"]})
    previews = {preview.code: preview.subject for preview in response.context["previews"]}
    assert previews == {"fi": "Hei Aino", "sv": "Hej Björn"}
    assert (response.context["number"], Mailing.objects.count()) == (2, 0)


def test_a_mail_reaches_the_selection_in_their_languages(
    admin_client, url, people, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(url, {**WORDS, "status": ["confirmed"], "send": "1"})
    written = {message.recipient: message for message in Message.objects.filter(kind="bulk")}
    assert set(written) == {people[0].email, people[1].email}
    assert written[people[1].email].subject == "Hej Björn"
    assert "Välkommen: Verkostopäivä på svenska" in written[people[1].email].text
    job = Job.objects.get()
    assert (job.state, job.done, job.total) == ("done", 2, 2)
    page = admin_client.get(reverse("verkosto_registrations_admin:job", args=[job.pk])).content.decode()
    assert "Viesti ilmoittautuneille" in page
    assert "<span data-done>2</span> / 2" in page
    assert admin_client.get(reverse("verkosto_registrations_admin:job_status", args=[job.pk])).json()["over"]


def test_an_interrupted_job_continues_and_mails_nobody_twice(
    admin_client, url, people, django_capture_on_commit_callbacks
):
    admin_client.post(url, {**WORDS, "status": ["confirmed", "waiting"], "send": "1"})
    job = Job.objects.get()
    mailing = Mailing.objects.get()
    Message.objects.create(
        desk=mailing.desk,
        registration=people[0],
        mailing=mailing,
        kind="bulk",
        recipient=people[0].email,
        language="fi",
        state="sent",
    )
    Job.objects.filter(pk=job.pk).update(state="running")
    with django_capture_on_commit_callbacks(execute=True):
        assert engine.resume(job)
    assert sorted(Message.objects.values_list("registration__name", flat=True)) == ["Aino", "Björn", "Waiting"]


def test_a_selection_of_the_list_is_kept(admin_client, url, people, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(f"{url}?id={people[1].pk}", {**WORDS, "send": "1"})
    assert Message.objects.get().recipient == people[1].email


def test_a_scheduled_mail_waits_and_can_be_withdrawn(admin_client, desk, url):
    later = timezone.localtime() + timedelta(days=1)
    data = {**WORDS, "status": ["confirmed"], "send": "1", "send_at": f"{later:%Y-%m-%d %H:%M}"}
    admin_client.post(url, data)
    mailing = Mailing.objects.get()
    run_scheduled_work()
    assert not Message.objects.exists()
    assert (
        "Hei {name}"
        in admin_client.get(reverse("verkosto_registrations_admin:mailings", args=[desk.pk])).content.decode()
    )
    admin_client.post(reverse("verkosto_registrations_admin:mailing_withdraw", args=[desk.pk, mailing.pk]))
    assert not Mailing.objects.exists()
    admin_client.post(url, data)
    Mailing.objects.update(send_at=timezone.now())
    assert run_scheduled_work()["start_mailings"] == 1
    assert run_scheduled_work()["start_mailings"] == 0


def test_scheduled_mail_is_sent_at_the_time_of_the_events_zone_that_its_form_names(
    admin_client, admin_user, desk, url
):
    """Finding: a time in the form was read in the zone of the account, which the form did not name."""
    desk.versions["fi"]["timezone"] = "Asia/Tokyo"
    desk.save()
    UserProfile.objects.create(user=admin_user, current_time_zone="America/New_York")

    form = admin_client.get(url).context["form"]
    admin_client.post(url, {**WORDS, "status": ["confirmed"], "send": "1", "send_at": "2126-05-20 12:00"})
    listed = admin_client.get(reverse("verkosto_registrations_admin:mailings", args=[desk.pk])).content.decode()

    assert "Aikavyöhyke: Tokio." in str(form.fields["send_at"].help_text)
    assert Mailing.objects.get().send_at == datetime(2126, 5, 20, 3, tzinfo=UTC)
    assert "20.5.2126 klo 12.00 (aikavyöhyke: Tokio)" in listed.replace("\u00a0", " ")


def test_an_unknown_placeholder_is_an_error(admin_client, url):
    response = admin_client.post(url, {**WORDS, "body_fi": "Hei {nmae}", "status": ["confirmed"]})
    assert "{nmae}" in str(response.context["form"].errors["body_fi"])


def test_a_placeholder_in_a_name_is_not_filled_in(admin_client, url, people, django_capture_on_commit_callbacks):
    people[0].name = "{reference}"
    people[0].save()
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(f"{url}?id={people[0].pk}", {**WORDS, "send": "1"})
    assert people[0].reference not in Message.objects.get().subject


def test_a_search_of_the_list_is_kept_as_the_people_it_found(admin_client, url, people):
    admin_client.post(f"{url}?q=Aino&status=confirmed", {**WORDS, "send": "1"})
    assert Mailing.objects.get().selection == {"id": [str(people[0].pk)]}
    # Nobody found is nobody, not everybody.
    assert admin_client.get(f"{url}?q=Nobody").context["number"] == 0


def test_people_who_attended_are_thanked_once(
    admin_client, make_desk, make_registration, django_capture_on_commit_callbacks
):
    past = timezone.now() - timedelta(days=2)
    desk = make_desk(starts_at=past, ends_at=past + timedelta(hours=1))
    came = [make_registration(desk, attendance="attended", language=language) for language in ("fi", "sv")]
    make_registration(desk)
    make_registration(desk, attendance="absent")
    url = reverse("verkosto_registrations_admin:follow_up", args=[desk.pk])
    assert url in admin_client.get(reverse("verkosto_registrations_admin:mailings", args=[desk.pk])).content.decode()
    previews = admin_client.get(url).context["previews"]
    assert {preview.code: preview.number for preview in previews} == {"fi": 1, "sv": 1}
    for _twice in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            admin_client.post(url)
    thanked = Message.objects.filter(kind="follow_up").values_list("registration", "language")
    assert sorted(thanked) == [(came[0].pk, "fi"), (came[1].pk, "sv")]
