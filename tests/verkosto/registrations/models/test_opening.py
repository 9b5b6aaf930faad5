"""The one rule that decides whether a desk takes registrations."""

import uuid
from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone

from verkosto.registrations.domain.signup import check_open
from verkosto.registrations.enums import EventStatus, Opening
from verkosto.registrations.exceptions import NotYetOpen, RegistrationClosed
from verkosto.registrations.models import Desk

HOUR = timedelta(hours=1)


@pytest.mark.django_db
def test_query_and_instance_agree_on_every_desk() -> None:
    now = timezone.now()
    facts = product(
        EventStatus, [True, False], [True, False], [None, -2 * HOUR, HOUR], [None, -HOUR, 2 * HOUR], [-HOUR, HOUR]
    )
    Desk.objects.bulk_create(
        [
            Desk(
                translation_key=uuid.uuid4(),
                original_language="fi",
                status=status,
                is_open=is_open,
                has_page=has_page,
                opens_at=opens and now + opens,
                closes_at=closes and now + closes,
                ends_at=now + ends,
            )
            for status, is_open, has_page, opens, closes, ends in facts
            if not (opens and closes and closes <= opens)
        ]
    )
    open_desks = set(Desk.objects.open_for_registration())
    assert open_desks == {desk for desk in Desk.objects.all() if desk.opening == Opening.OPEN}
    assert len(open_desks) == 4 * 4  # statuses but for "cancelled", times without a bound or within it


@pytest.mark.parametrize(
    ("facts", "opening", "refusal"),
    [
        ({}, Opening.OPEN, None),
        ({"status": "cancelled", "opens_at": HOUR}, Opening.CANCELLED, RegistrationClosed),
        ({"is_open": False}, Opening.CLOSED, RegistrationClosed),
        ({"has_page": False}, Opening.CLOSED, RegistrationClosed),
        ({"closes_at": -HOUR}, Opening.CLOSED, RegistrationClosed),
        ({"ends_at": -HOUR, "closes_at": HOUR}, Opening.CLOSED, RegistrationClosed),
        ({"opens_at": HOUR}, Opening.NOT_YET, NotYetOpen),
        ({"status": "postponed"}, Opening.OPEN, None),
    ],
)
def test_opening_says_why_a_desk_takes_no_registrations(facts, opening, refusal) -> None:
    now = timezone.now()
    desk = Desk(**{name: now + value if isinstance(value, timedelta) else value for name, value in facts.items()})
    assert (desk.opening, desk.takes_registrations) == (opening, refusal is None)
    if refusal is None:
        check_open(desk)
    else:
        with pytest.raises(refusal):
            check_open(desk)
