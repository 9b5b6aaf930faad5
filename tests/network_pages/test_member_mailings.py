"""Emails by staff to the members of a network: whom they reach, once each, and what staff see of it."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from network_pages import member_mailings
from network_pages.member_mailings import send_to_members, write_messages
from network_pages.models import MemberMailing, Membership
from tests.factories.locales import in_language
from tests.network_pages.conftest import make_member
from verkosto.core.jobs import engine
from verkosto.registrations.mail.delivery import deliver_due
from verkosto.registrations.models import Job, Message
from verkosto.registrations.privacy.erasure import erase_address
from verkosto.registrations.privacy.retention import purge

ALL = {"term": "current", "role": [], "organisation": []}


@pytest.fixture
def write_url(network):
    return f"{reverse('members:write')}?page={network.translation_key}"


@pytest.fixture
def send(network, admin_user):
    def start(**selection):
        mailing, _is_new = send_to_members(
            key=uuid.uuid4(),
            translation_key=network.translation_key,
            subjects={"fi": "Kutsu: {title}", "sv": "Inbjudan: {title}"},
            bodies={"fi": "Tervetuloa, {name} ({role}, {organisation}).", "sv": "Välkommen, {name}."},
            selection={**ALL, **selection},
            user=admin_user,
        )
        return mailing

    return start


def recipients():
    return sorted(message.to[0].partition("@")[0] for message in mail.outbox)


def test_each_selected_member_gets_the_mail_once_in_their_language_with_a_personal_link(
    client, network, member, other_network, send, django_capture_on_commit_callbacks
):
    in_language(network.get_parent().specific, "sv")
    in_language(network, "sv", title="Ledarnätverket")
    make_member(network, "bjorn@example.fi", "Björn Lind", language="sv")
    make_member(network, "left@example.fi", "Lasse", left_at=timezone.now())
    make_member(network, "later@example.fi", "Laila", starts_on="2999-01-01")
    make_member(other_network, "other@example.fi", "Olli")
    with django_capture_on_commit_callbacks(execute=True):
        mailing = send()
    found = {message.to[0]: (message.subject, message.body) for message in mail.outbox}
    assert {address: subject for address, (subject, _body) in found.items()} == {
        "aino@example.fi": "Kutsu: Johtajaverkosto",
        "bjorn@example.fi": "Inbjudan: Ledarnätverket",
    }
    assert "Hei Aino Virtanen" in found["aino@example.fi"][1]
    assert "Tervetuloa, Aino Virtanen (Jäsen, )." in found["aino@example.fi"][1]
    path = re.search(r"(/sv/memberships/open/[\w-]{43}/)", found["bjorn@example.fi"][1])[1]
    assert "Björn Lind" in client.get(path, follow=True).content.decode()
    assert (mailing.recipients, mailing.counts["sent"], mailing.counts["waiting"]) == (2, 2, 0)
    # What waits in the outbox names nobody.
    assert set(Message.objects.first().context) == {"membership", "mailing"}


def test_recipients_are_chosen_by_role_organisation_and_term(
    network, member, send, django_capture_on_commit_callbacks
):
    soon = timezone.localdate() + timedelta(days=20)
    make_member(network, "chair@example.fi", role="chair", organisation="Vero")
    make_member(network, "ending@example.fi", organisation="Kela", ends_on=soon)
    make_member(network, "later@example.fi", starts_on="2999-01-01")

    def reached(**selection):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            send(**selection)
        return recipients()

    assert reached() == ["aino", "chair", "ending"]
    assert reached(role=["chair", "committee"]) == ["chair"]
    assert reached(organisation=["Kela", "Vero"]) == ["chair", "ending"]
    assert reached(organisation=["Kela"], role=["chair"]) == []
    assert reached(term="ending") == ["ending"]
    assert reached(term="later") == ["later"]


def test_who_leaves_or_is_erased_before_the_mail_goes_out_gets_none(
    network, member, send, django_capture_on_commit_callbacks
):
    gone = make_member(network, "gone@example.fi")
    stays = make_member(network, "stays@example.fi")
    with django_capture_on_commit_callbacks() as waiting:
        mailing = send()
    with django_capture_on_commit_callbacks():
        waiting[0]()  # the job: the mails are rows, not yet sent
    assert Message.objects.filter(state="queued").count() == 3
    member.left_at = timezone.now()
    member.save()
    erase_address(email=gone.email)
    deliver_due()
    assert recipients() == [stays.email.partition("@")[0]]
    counts = mailing.counts
    assert (counts["sent"], counts["dropped"], counts["failed"]) == (1, 1, 0)


def test_a_job_that_was_cut_off_goes_on_and_nobody_gets_the_mail_twice(
    network, send, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(member_mailings, "PORTION", 2)
    for number in range(5):
        make_member(network, f"m{number}@example.fi")
    write_rows, portions = member_mailings.outbox.write_rows, []

    def cut_off(messages):
        portions.append(len(messages))
        if len(portions) == 2:
            raise RuntimeError
        write_rows(messages)

    monkeypatch.setattr(member_mailings.outbox, "write_rows", cut_off)
    with django_capture_on_commit_callbacks(execute=True):
        mailing = send()
    job = Job.objects.get()
    assert (job.state, job.done, mailing.counts["sent"], mailing.counts["waiting"]) == ("failed", 2, 2, 3)
    with django_capture_on_commit_callbacks(execute=True):
        engine.resume(job)
    assert recipients() == ["m0", "m1", "m2", "m3", "m4"]
    job.refresh_from_db()
    job.done = 5
    assert write_messages(job) == {"written": 5}
    assert Message.objects.count() == 5


def test_staff_write_preview_test_and_send_and_a_second_click_sends_nothing_more(
    client, make_staff, network, member, write_url, django_capture_on_commit_callbacks
):
    make_member(network, "bjorn@example.fi", "Björn Lind", language="sv", organisation="Vero")
    user = make_staff(network, "see", "change")
    client.force_login(user)
    form = client.get(write_url).context["form"]
    assert list(form.fields) == [
        "key",
        "term",
        "role",
        "organisation",
        "subject_fi",
        "body_fi",
        "subject_sv",
        "body_sv",
    ]
    texts = {"subject_fi": "Kutsu", "body_fi": "Hei {name}!", "subject_sv": "Inbjudan", "body_sv": "Hej {name}!"}
    post = {"key": form["key"].value(), "term": "current", **texts}
    wrong = client.post(write_url, {**post, "body_sv": "Hej {nmn}!"})
    assert list(wrong.context["form"].errors) == ["body_sv"]
    nobody = client.post(write_url, {**post, "role": ["chair"]})
    assert list(nobody.context["form"].errors) == ["__all__"]
    previews = client.post(write_url, post).context["previews"]
    assert [(preview.code, preview.subject, preview.number) for preview in previews] == [
        ("fi", "Kutsu", 1),
        ("sv", "Inbjudan", 1),
    ]
    assert ["Aino Virtanen" in previews[0].html, "Hej Björn Lind!" in previews[1].html] == [True, True]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(write_url, {**post, "test": "1"})
    assert [(message.to, message.subject) for message in mail.outbox] == [
        ([user.email], "Kutsu"),
        ([user.email], "Inbjudan"),
    ]
    assert not MemberMailing.objects.exists()
    mail.outbox.clear()
    for _twice in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(write_url, {**post, "send": "1"})
    mailing = MemberMailing.objects.get()
    assert (answer["Location"], recipients()) == (reverse("members:mailing", args=[mailing.pk]), ["aino", "bjorn"])
    entry = ModelLogEntry.objects.filter(action="network_pages.mail_members").get()
    assert entry.data == {"mailing": mailing.pk, "count": 2}


def test_staff_write_only_to_members_of_networks_they_may_change(client, make_staff, network, other_network, send):
    make_member(other_network, "cai@example.fi")
    mailing = send()
    client.force_login(make_staff(other_network, "see", "change"))
    write = reverse("members:write")
    assert client.get(f"{write}?page={network.translation_key}").context["chooses_page"] is True
    assert [key for key, _title in client.get(write).context["form"].fields["page"].choices] == [
        other_network.translation_key
    ]
    assert client.get(reverse("members:mailing", args=[mailing.pk])).status_code == 404
    assert client.post(reverse("members:mailing", args=[mailing.pk])).status_code == 404
    assert client.get(reverse("members:mailings")).context["rows"] == []
    client.force_login(make_staff(network, "see", username="reader"))
    assert client.get(reverse("members:mailings")).status_code == 302


def test_failures_are_seen_with_their_reason_and_sent_again(
    admin_client, network, member, send, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        mailing = send()
    Message.objects.update(state="failed", failure="550 no such user")
    url = reverse("members:mailing", args=[mailing.pk])
    html = admin_client.get(url).content.decode()
    assert "aino@example.fi: 550 no such user" in html
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(url)
    assert (recipients(), mailing.counts["failed"], mailing.counts["sent"]) == (["aino"], 0, 1)


def test_the_lists_cost_the_same_at_one_and_at_thirty(
    admin_client, network, member, write_url, send, django_assert_max_num_queries, django_assert_num_queries
):
    urls = [reverse("members:mailings"), write_url, reverse("members:mailing", args=[send().pk])]
    counts = []
    for url in urls:
        admin_client.get(url)
        with django_assert_max_num_queries(30) as one:
            admin_client.get(url)
        counts.append(len(one))
    for number in range(29):
        make_member(network, f"m{number}@example.fi", organisation=f"Virasto {number}")
        send()
    for url, count in zip(urls, counts, strict=True):
        with django_assert_num_queries(count):
            admin_client.get(url)


def test_texts_are_redacted_on_erasure_and_deleted_after_the_retention_time(network, member, admin_user):
    text = {"fi": "Aino Virtanen puhuu. Kysy: aino@example.fi."}
    MemberMailing.objects.create(
        translation_key=network.translation_key, subjects={"fi": "Ohjelma"}, bodies=text, created_by=admin_user
    )
    erase_address(email="aino@example.fi")
    assert MemberMailing.objects.get().bodies == {"fi": "– puhuu. Kysy: –."}
    purge(timezone.now() + timedelta(days=364))
    assert MemberMailing.objects.exists()
    purge(timezone.now() + timedelta(days=366))
    assert not MemberMailing.objects.exists()
    assert not Membership.objects.exists()
