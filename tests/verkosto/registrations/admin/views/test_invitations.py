from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import querydict_from_html

from verkosto.core.jobs import engine
from verkosto.registrations.domain.invitations import Invitee, read_invitees
from verkosto.registrations.models import Invitation, InvitationReminder, Job, Message


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Two steps are many."""
    monkeypatch.setattr(engine, "INLINE_LIMIT", 2)


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


def test_many_are_invited_and_reminded_by_the_worker(admin_client, desk, django_capture_on_commit_callbacks):
    url = reverse("verkosto_registrations_admin:invitations", args=[desk.pk])
    addresses = "\n".join(f"{n}@example.org" for n in range(5))
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(url, {"addresses": addresses, "language": "fi", "send": "1"})
        assert (Invitation.objects.count(), Message.objects.count()) == (5, 0)
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(reverse("verkosto_registrations_admin:invitation_remind", args=[desk.pk]))
    for kind in ("invitation", "invitation_reminder"):
        assert Message.objects.filter(kind=kind).values("recipient").distinct().count() == 5
    assert list(Job.objects.order_by("pk").values_list("kind", "state", "done")) == [
        ("invitations", "done", 5),
        ("invitation_reminders", "done", 5),
    ]
    assert "example.org" not in "".join(str(job.parameters) for job in Job.objects.all())


def test_invalid_lines_are_errors_unless_they_are_skipped(admin_client, desk):
    url = reverse("verkosto_registrations_admin:invitations", args=[desk.pk])
    data = {"addresses": "aino@example.org\nno address\nb@example.org\nx@y", "language": "fi"}
    form = admin_client.post(url, data).context["form"]
    assert ["2" in error and "no address" in error for error in form.errors["addresses"]] == [True, False]
    assert not Invitation.objects.exists()
    admin_client.post(url, {**data, "leave_out": "on", "send": "1"})
    assert Invitation.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "invitees", "wrong"),
    [
        ("aino@example.org\nbjorn@example.org", [Invitee("aino@example.org"), Invitee("bjorn@example.org")], []),
        ("E-mail;Name\naino@example.org;Aino Virtanen;sv", [Invitee("aino@example.org", "Aino Virtanen", "sv")], []),
        ("Aino,aino@example.org\nAino,AINO@example.org", [Invitee("aino@example.org", "Aino")], []),
        ("aino@example.org\nnobody\nx@y z", [Invitee("aino@example.org")], [(2, ["nobody"]), (3, ["x@y z"])]),
    ],
)
def test_read_invitees(text, invitees, wrong):
    assert read_invitees(text) == (invitees, wrong)


def test_people_are_invited_once_reminded_and_withdrawn(admin_client, desk, settings):
    url = reverse("verkosto_registrations_admin:invitations", args=[desk.pk])
    data = {"addresses": "aino@example.org, Aino\nbjorn@example.org, Björn, sv", "language": "fi", "send": "1"}
    admin_client.post(url, data)
    admin_client.post(url, data)
    assert sorted(Invitation.objects.values_list("email", "language")) == [
        ("aino@example.org", "fi"),
        ("bjorn@example.org", "sv"),
    ]
    assert Message.objects.filter(kind="invitation").count() == 2
    aino = Invitation.objects.get(email="aino@example.org")
    admin_client.post(reverse("verkosto_registrations_admin:invitation_withdraw", args=[desk.pk, aino.pk]))
    admin_client.post(reverse("verkosto_registrations_admin:invitation_remind", args=[desk.pk]))
    assert Message.objects.get(kind="invitation_reminder").recipient == "bjorn@example.org"
    assert "aino@example.org" in admin_client.get(url).content.decode()


def test_invitations_are_listed_by_answer_and_reminders_planned(admin_client, make_desk):
    desk = make_desk(closes_at=timezone.now() + timedelta(days=10))
    url = reverse("verkosto_registrations_admin:invitations", args=[desk.pk])
    for name, answered in (("aino", True), ("bjorn", False)):
        answered_at = timezone.now() if answered else None
        Invitation.objects.create(desk=desk, email=f"{name}@example.org", language="fi", answered_at=answered_at)
    listed = {
        query: [row.email[:-12] for row in admin_client.get(f"{url}?{query}").context["page"]]
        for query in ("state=answered", "state=unanswered", "state=withdrawn", "q=BJO", "state=x&p=99")
    }
    assert list(listed.values()) == [["aino"], ["bjorn"], [], ["bjorn"], ["bjorn", "aino"]]
    plan = reverse("verkosto_registrations_admin:reminder_schedule", args=[desk.pk])
    for days in ("3", "3", "20", "x"):
        admin_client.post(plan, {"days": days})
    reminder = InvitationReminder.objects.get()
    assert (reminder.days, admin_client.get(plan).status_code) == (3, 405)
    admin_client.post(reverse("verkosto_registrations_admin:reminder_cancel", args=[desk.pk, reminder.pk]))
    assert not InvitationReminder.objects.exists()


def test_pasted_addresses_are_previewed_in_each_language_with_their_number_before_anything_is_sent(admin_client, desk):
    url = reverse("verkosto_registrations_admin:invitations", args=[desk.pk])
    Invitation.objects.create(desk=desk, email="known@example.org", language="fi", written_at=timezone.now())
    addresses = "\n".join(
        [*(f"{n}@example.org" for n in range(3)), "b@example.org, Björn, sv", "known@example.org", "4@example.org"]
    )
    shown = admin_client.post(url, {"addresses": addresses, "language": "fi"})
    assert (Invitation.objects.count(), Message.objects.count(), Job.objects.count()) == (1, 0, 0)
    assert (shown.context["number"], shown.context["known"]) == (5, 1)
    assert [(preview.code, preview.number) for preview in shown.context["previews"]] == [("fi", 4), ("sv", 1)]
    data = querydict_from_html(shown.content.decode(), form_index=0)
    again = admin_client.post(url, {**data.dict(), "edit": "1"})
    assert (Invitation.objects.count(), again.context["form"]["addresses"].value()) == (1, addresses)
    admin_client.post(url, {**data.dict(), "send": "1"})
    assert Invitation.objects.count() == 6


def test_an_uploaded_list_is_previewed_and_then_sent_without_a_second_upload(admin_client, desk):
    url = reverse("verkosto_registrations_admin:invitations", args=[desk.pk])
    file = SimpleUploadedFile("lista.csv", b"a@example.org;Aino;sv\nb@example.org;Bo;fi")
    shown = admin_client.post(url, {"file": file, "language": "en"})
    assert (Invitation.objects.count(), shown.context["number"]) == (0, 2)
    data = querydict_from_html(shown.content.decode(), form_index=0).dict()
    admin_client.post(url, {**data, "send": "1"})
    assert sorted(Invitation.objects.values_list("email", "language")) == [
        ("a@example.org", "sv"),
        ("b@example.org", "fi"),
    ]


def test_reminders_are_previewed_before_they_are_sent(admin_client, desk):
    for n, language in enumerate(["fi", "fi", "sv"]):
        Invitation.objects.create(desk=desk, email=f"{n}@example.org", language=language, written_at=timezone.now())
    url = reverse("verkosto_registrations_admin:invitation_remind", args=[desk.pk])
    shown = admin_client.get(url)
    assert [(preview.code, preview.number) for preview in shown.context["previews"]] == [("fi", 2), ("sv", 1)]
    assert (shown.context["number"], Message.objects.count()) == (3, 0)
    admin_client.post(url)
    assert Message.objects.filter(kind="invitation_reminder").count() or Job.objects.exists()


def test_looking_at_reminders_changes_nothing_and_leaves_out_who_registered_without_the_code(
    admin_client, desk, make_registration
):
    """Found by the access matrix: the GET recorded who had answered."""
    for email in ("aino@example.org", "bjorn@example.org"):
        Invitation.objects.create(desk=desk, email=email, language="fi", written_at=timezone.now())
    make_registration(desk, email="aino@example.org", name="Aino")
    before = list(Invitation.objects.order_by("pk").values())
    shown = admin_client.get(reverse("verkosto_registrations_admin:invitation_remind", args=[desk.pk]))
    assert shown.context["number"] == 1
    assert list(Invitation.objects.order_by("pk").values()) == before
