from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from tests.factories.directory import OrganisationFactory, PrivacyNoticeFactory
from tests.factories.registrations import desk_of, event_with_desk, question, register
from tests.verkosto.registrations.form_posts import fill
from verkosto.registrations.domain.capacity_audit import check
from verkosto.registrations.models import (
    Invitation,
    Message,
    NoticeSnapshot,
    Registration,
    SensitiveAnswers,
    Tombstone,
)
from verkosto.registrations.privacy.data_export import data_of, data_of_address
from verkosto.registrations.privacy.erasure import erase_address, reapply
from verkosto.registrations.privacy.retention import due, purge

pytestmark = pytest.mark.django_db


def test_purge_takes_sensitive_answers_first_then_the_persons_and_keeps_the_counts():
    diet = question("dietary_needs", "Ruokavalio")
    event = event_with_desk(questions=[diet], capacity=1, retention_days=100, sensitive_retention_days=10)
    desk = desk_of(event)
    register(desk, "a@example.fi", sensitive={diet["id"]: "gluteeniton"})
    register(desk, "b@example.fi")
    assert list(due()) == []
    later = desk.ends_at + timedelta(days=11)
    assert (purge(later)["sensitive"], SensitiveAnswers.objects.count()) == (1, 0)
    assert Registration.objects.filter(email="a@example.fi").exists()
    over = desk.ends_at + timedelta(days=101)
    report = purge(over)
    assert report["registrations"] == 2
    assert "example.fi" not in str(report)
    assert set(Registration.objects.values_list("name", "email", "status")) == {
        ("", "", "confirmed"),
        ("", "", "waiting"),
    }
    assert not Message.objects.exists()
    assert check(desk).wrong == []
    assert purge(over)["registrations"] == 0


def test_invitations_that_nobody_answered_are_erased_in_their_time_as_well():
    desk = desk_of(event_with_desk(eligibility="invited", retention_days=100))
    desk.invitations.create(email="a@example.fi", name="Aino", language="fi")
    assert purge(desk.ends_at + timedelta(days=99))["desks"] == []
    (report,) = purge(desk.ends_at + timedelta(days=101))["desks"]
    assert (report["invitations"], Invitation.objects.count()) == (1, 0)


def test_words_that_a_visitor_was_shown_are_kept_when_the_notice_is_rewritten(client):
    notice = PrivacyNoticeFactory(purpose="Järjestämme tapahtuman.", version="1.0", controller=OrganisationFactory())
    desk = desk_of(event_with_desk(privacy_notice=notice))
    for email, version, purpose in [
        ("a@example.fi", "1.0", "Järjestämme tapahtuman."),
        ("b@example.fi", "1.0", "Järjestämme tapahtuman."),
        ("c@example.fi", "1.1", "Myymme tietosi."),
    ]:
        notice.purpose, notice.version = purpose, version
        notice.save()
        # English has no version of the notice: it was read in Finnish.
        assert client.post(f"/en/registrations/{desk.translation_key}/", fill(desk, email=email)).status_code == 302
        agreed = Registration.objects.get(email=email).agreed
        assert (agreed["version"], agreed["language"], bool(agreed["at"])) == (version, "fi", True)
    kept = [data_of(registration)["shown_and_agreed"]["text"] for registration in desk.registrations.order_by("email")]
    assert [words["purpose"] for words in kept] == ["Järjestämme tapahtuman."] * 2 + ["Myymme tietosi."]
    assert {words["controller"] for words in kept} == {notice.controller.name}
    assert NoticeSnapshot.objects.count() == 2
    purge(desk.ends_at + timedelta(days=1000))
    assert set(Registration.objects.values_list("email", flat=True)) == {""}


def test_sensitive_answers_are_kept_no_longer_than_the_rest(event):
    event.retention_days, event.sensitive_retention_days = 10, 11
    with pytest.raises(ValidationError) as refused:
        event.full_clean()
    assert set(refused.value.message_dict) == {"sensitive_retention_days"}


def test_erasure_of_an_address_over_all_desks(event, desk):
    other = desk_of(event_with_desk(index=event.get_parent(), title="Toinen"))
    for one in (desk, other):
        register(one, "a@example.fi")
    assert len(data_of_address("A@example.fi")["registrations"]) == 2
    assert erase_address(email="A@example.fi") == 2
    assert data_of_address("a@example.fi") == {
        "email": "a@example.fi",
        "registrations": [],
        "invitations": [],
        "messages": [],
    }
    assert (check(desk).taken, check(other).taken) == (0, 0)


def test_erasures_are_applied_again_after_a_restore(desk, tmp_path):
    registration = register(desk, "a@example.fi")
    Tombstone.objects.create(reference=registration.reference, cause="own_request")
    saved = tmp_path / "erasures.txt"
    call_command("reapply_erasures", save=saved)
    assert saved.read_text() == f"{registration.reference}\n"
    Tombstone.objects.all().delete()
    call_command("reapply_erasures", load=saved)
    registration.refresh_from_db()
    assert registration.email == ""
    assert reapply([registration.reference]) == 0


def test_deleted_page_leaves_its_registrations(event, desk):
    register(desk, "a@example.fi")
    event.delete()
    desk.refresh_from_db()
    assert desk.registrations.count() == 1
    assert not desk.has_page


def test_check_desks_tells_of_a_pool_that_is_wrong(desk, capsys):
    register(desk, "a@example.fi")
    call_command("check_desks", json=True)
    assert '"consistent": true' in capsys.readouterr().out
    desk.pools.filter(kind="desk").update(taken=2)
    with pytest.raises(SystemExit):
        call_command("check_desks", json=True)
    assert '"consistent": false' in capsys.readouterr().out
    assert timezone.now()
