import pytest
from django.core.management import call_command

from tests.factories.registrations import desk_of, event_with_desk, publish, question, register
from verkosto.registrations.domain.capacity_audit import check
from verkosto.registrations.exceptions import (
    ChoiceFull,
)

pytestmark = pytest.mark.django_db


def consistent(desk):
    count = check(desk)
    assert count.wrong == []
    return count.taken, count.waiting


def test_capacity_given_to_a_choice_later_counts_who_chose_it_before(db):
    workshop = question("choice", "Työpaja", choices=["A", "B"])
    page = event_with_desk(questions=[workshop])
    desk, a = desk_of(page), workshop["value"]["choices"][0]["id"]
    register(desk, "a@example.fi", answers={workshop["id"]: a})
    workshop["value"]["choices"][0]["value"]["capacity"] = 1
    page.questions = [workshop]
    publish(page)
    assert consistent(desk) == (1, 0)
    assert desk.pools.get(kind="choice").taken == 1
    with pytest.raises(ChoiceFull):
        register(desk_of(page), "b@example.fi", answers={workshop["id"]: a})


def test_check_desks_tells_of_a_pool_that_is_wrong(desk, capsys):
    register(desk, "a@example.fi")
    call_command("check_desks", json=True)
    assert '"consistent": true' in capsys.readouterr().out
    desk.pools.filter(kind="desk").update(taken=2)
    with pytest.raises(SystemExit):
        call_command("check_desks", json=True)
    assert '"consistent": false' in capsys.readouterr().out
