"""Staff are notified of what happens to registrations, as each chose (finding: organisers heard of nothing)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.users.models import UserProfile

from verkosto.registrations.admin import staff_notifications
from verkosto.registrations.enums import Action, NotificationFrequency
from verkosto.registrations.mail import delivery
from verkosto.registrations.models import DeskSubscription, Message, StatusChange

pytestmark = pytest.mark.django_db
AT_ONCE, DAILY = NotificationFrequency.AT_ONCE, NotificationFrequency.DAILY


@pytest.fixture
def organiser(make_staff: Any) -> Any:
    user = make_staff(Page.objects.get(depth=1), "see")
    user.email = "organiser@example.fi"
    user.save()
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = "sv"
    profile.save()
    return user


def subscribe(user: Any, desk: Any = None, frequency: str = AT_ONCE, **chosen: Any) -> DeskSubscription:
    since = timezone.now() - timedelta(minutes=5)
    return DeskSubscription.objects.create(user=user, desk=desk, frequency=frequency, notified_at=since, **chosen)


def texts_delivered() -> list[str]:
    """The texts of the notifications that are delivered now."""
    mail.outbox.clear()
    staff_notifications.write_staff_notifications()
    delivery.deliver_due()
    return [str(letter.body) for letter in mail.outbox]


def test_notifications_come_once_in_the_readers_language_and_name_nobody(organiser, make_desk, make_registration):
    desk = make_desk("Verkostopäivä", capacity=2)
    subscribe(organiser, desk)
    first = make_registration(desk, name="Aino Esimerkki", status="confirmed")
    applicant = make_registration(desk, status="awaiting_approval")
    StatusChange.objects.create(registration=applicant, to_status="awaiting_approval", event=Action.SIGN_UP, actor="")
    Message.objects.create(
        desk=desk, kind="confirmed", recipient="x@example.fi", state="failed", claimed_at=timezone.now()
    )
    (text,) = texts_delivered()
    for line in ("Verkostopäivä", "2 nya anmälningar", "1 anmälan väntar på godkännande", "1 meddelande"):
        assert line in text
    assert "Aino" not in text
    assert first.email not in text
    assert f"/registrations/{desk.pk}/" in text
    assert texts_delivered() == []


def test_full_event_is_notified_once_until_a_place_was_free(organiser, make_desk, make_registration):
    desk = make_desk("Täysi", capacity=1)
    subscription = subscribe(organiser, desk, new_registrations=False)
    pool = desk.pools.get(kind="desk")

    def happen(taken: int) -> list[str]:
        pool.taken = taken
        pool.save()
        registration = make_registration(desk, status="cancelled")
        StatusChange.objects.create(registration=registration, to_status="cancelled", event="cancelled", actor="")
        return texts_delivered()

    assert ["Alla platser är upptagna" in text for text in happen(1)] == [True]
    assert happen(1) == []
    assert happen(0) == []
    subscription.refresh_from_db()
    assert subscription.known_full == []
    assert len(happen(1)) == 1


def test_daily_notifications_wait_a_day_and_the_desks_own_choice_replaces_the_general_one(
    organiser, make_desk, make_registration, time_machine
):
    chosen, other = make_desk("Valittu"), make_desk("Muu")
    subscribe(organiser, frequency=DAILY)
    subscribe(organiser, chosen, frequency=NotificationFrequency.NEVER)
    make_registration(chosen)
    make_registration(other)
    assert texts_delivered() == []
    time_machine.move_to(timezone.now() + timedelta(days=1))
    (text,) = texts_delivered()
    assert "Muu" in text
    assert "Valittu" not in text


def test_who_may_no_longer_see_the_desk_gets_no_notification(organiser, make_desk, make_registration):
    desk = make_desk("Verkostopäivä")
    subscribe(organiser, desk)
    make_registration(desk)
    staff_notifications.write_staff_notifications()
    organiser.groups.clear()
    mail.outbox.clear()
    delivery.deliver_due()
    assert mail.outbox == []
    assert Message.objects.get(kind=staff_notifications.KIND).state == "dropped"


@pytest.mark.parametrize("number", [1, 30])
def test_notifications_take_a_constant_number_of_queries(organiser, make_desk, make_registration, number):
    subscribe(organiser)
    for index in range(number):
        make_registration(make_desk(f"Tapahtuma {index}"))
    UserProfile.get_for_user(organiser)
    with CaptureQueriesContext(connection) as captured:
        assert staff_notifications.write_staff_notifications() == 1
    assert len(captured) == 16


def test_choice_is_made_on_the_desk_and_in_the_account(client, organiser, make_desk):
    desk = make_desk("Verkostopäivä")
    client.force_login(organiser)
    url = reverse("verkosto_registrations_admin:notifications", args=[desk.pk])
    assert client.get(url).status_code == 200
    client.post(url, {"frequency": AT_ONCE, "full": "on"})
    own = DeskSubscription.objects.get(user=organiser, desk=desk)
    assert (own.frequency, own.full, own.new_registrations) == (AT_ONCE, True, False)
    assert "registration_notifications-frequency" in client.get(reverse("wagtailadmin_account")).content.decode()
