import pytest

from tests.factories.registrations import desk_of, event_with_desk, question, register
from verkosto.registrations.domain.answers import ChangedAnswers, change_answers
from verkosto.registrations.domain.capacity_audit import check
from verkosto.registrations.exceptions import (
    ChoiceFull,
)

pytestmark = pytest.mark.django_db


def consistent(desk):
    count = check(desk)
    assert count.wrong == []
    return count.taken, count.waiting


def test_change_answers_moves_between_choices(db):
    workshop = question("choice", "Työpaja", choices=[("A", 1), ("B", 1)])
    desk = desk_of(event_with_desk(questions=[workshop]))
    a, b = (choice["id"] for choice in workshop["value"]["choices"])
    first = register(desk, "a@example.fi", answers={workshop["id"]: a})
    register(desk, "b@example.fi", answers={workshop["id"]: b})
    with pytest.raises(ChoiceFull):
        change_answers(registration=first, data=ChangedAnswers(name="A", answers={workshop["id"]: b}))
    assert consistent(desk) == (2, 0)
    first.refresh_from_db()
    assert first.answers == {workshop["id"]: a}
