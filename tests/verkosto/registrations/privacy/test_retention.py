from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.factories.registrations import desk_of, event_with_desk, question, register
from verkosto.registrations.domain.capacity_audit import check
from verkosto.registrations.models import (
    Invitation,
    Message,
    Registration,
    SensitiveAnswers,
)
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


def test_sensitive_answers_are_kept_no_longer_than_the_rest(event):
    event.retention_days, event.sensitive_retention_days = 10, 11
    with pytest.raises(ValidationError) as refused:
        event.full_clean()
    assert set(refused.value.message_dict) == {"sensitive_retention_days"}
