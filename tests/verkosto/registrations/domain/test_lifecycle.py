import pytest

from tests.factories.registrations import desk_of, event_with_desk, publish, question, register
from verkosto.registrations.domain import lifecycle
from verkosto.registrations.domain.capacity_audit import check

pytestmark = pytest.mark.django_db


def consistent(desk):
    count = check(desk)
    assert count.wrong == []
    return count.taken, count.waiting


def test_sign_up_again_after_cancelling(desk):
    lifecycle.cancel(registration=register(desk, "a@example.fi"))
    assert register(desk, "a@example.fi").status == "confirmed"


def test_approval_gives_the_place(event, django_user_model):
    event.needs_approval, event.capacity = True, 1
    desk = desk_of(publish(event))
    first, second = register(desk, "a@example.fi"), register(desk, "b@example.fi")
    assert {first.status, second.status} == {"awaiting_approval"}
    assert consistent(desk) == (0, 0)
    assert lifecycle.approve(registration=first).status == "confirmed"
    assert lifecycle.approve(registration=second).status == "waiting"
    assert lifecycle.decline(registration=first, reason="Ei kuulu kohderyhmään.").status == "declined"
    second.refresh_from_db()
    assert second.status == "confirmed"
    assert consistent(desk) == (1, 0)


def test_move_takes_the_answers_along(event, desk):
    extra = question("text", "Lisätieto")
    other = desk_of(event_with_desk(index=event.get_parent(), questions=[extra], title="Toinen"))
    registration = register(other, "a@example.fi", answers={extra["id"]: "Moi"})
    moved = lifecycle.move(registration=registration, to=desk)
    assert (moved.desk_id, moved.status) == (desk.pk, "confirmed")
    assert desk.questions.get(key=extra["id"]).is_retired
    assert consistent(desk) == (1, 0)
    assert consistent(other) == (0, 0)
