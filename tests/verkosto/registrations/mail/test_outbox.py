"""How many mails strangers can cause to one address."""

import pytest
from django.core import mail
from django.utils import timezone

from tests.factories.registrations import desk_of, event_with_desk
from tests.verkosto.registrations.form_posts import address, clean, fill
from tests.verkosto.registrations.test_concurrency import run_at_once
from verkosto.core.scheduled_work.runner import run_scheduled_work
from verkosto.registrations.models import Message, Registration

pytestmark = pytest.mark.django_db


def test_victims_mailbox_gets_three_mails_an_hour(client, django_capture_on_commit_callbacks, time_machine):
    index = None
    for number in range(5):
        page = event_with_desk(index=index, title=f"Tapahtuma {number}", confirm_email=True)
        index = page.get_parent()
        desk = desk_of(page)
        receipts = set()
        with django_capture_on_commit_callbacks(execute=True):
            for again in range(4):
                answer = client.post(
                    address(desk), fill(desk, email="victim@example.fi"), REMOTE_ADDR=f"192.0.2.{4 * number + again}"
                )
                assert answer.status_code == 302
                receipts.add(clean(client.get(answer["Location"]).content))
                Registration.objects.update(created_at=timezone.now() - timezone.timedelta(minutes=1))
        assert len(receipts) == 1
    assert len(mail.outbox) == 3
    assert Registration.objects.count() == 5
    # What tells of a registration waits its hour; it is not lost.
    assert set(Message.objects.filter(state="queued").values_list("kind", flat=True)) == {"confirm_address"}
    # Nor do they come all at once when the registrations lapse a day later, or wait until then.
    for hours in (23, 25, 26):
        before = len(mail.outbox)
        time_machine.move_to(Message.objects.earliest("pk").created_at + timezone.timedelta(hours=hours))
        with django_capture_on_commit_callbacks(execute=True):
            run_scheduled_work()
        assert len(mail.outbox) - before <= 3


@pytest.mark.django_db(transaction=True)
def test_forms_sent_side_by_side_reach_a_mailbox_three_times_as_well():
    first = event_with_desk(title="Tapahtuma")
    others = [event_with_desk(index=first.get_parent(), title=f"Tapahtuma {number}") for number in range(7)]
    desks = [desk_of(page) for page in (first, *others)]
    answers = run_at_once([(address(desk), desk, "victim@example.fi") for desk in desks])
    assert {code for code, _location in answers} == {302}
    assert len(mail.outbox) <= 3
    assert Message.objects.filter(state="queued").count() == 8 - len(mail.outbox)
