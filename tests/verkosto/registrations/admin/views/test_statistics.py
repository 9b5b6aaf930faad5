from django.urls import reverse

from verkosto.registrations.admin import statistics


def test_a_desk_without_registrations_has_no_charts(admin_client, desk):
    page = admin_client.get(reverse("verkosto_registrations_admin:statistics", args=[desk.pk])).content.decode()
    assert "Kukaan ei ole vielä ilmoittautunut." in page
    assert "<polyline" not in page


def test_answers_are_counted_by_the_database(desk, make_question, make_registration):
    one = make_question(desk, "Työpaja", "choice", ["Arki", "Juhla"])
    several = make_question(desk, "Aiheet", "several_choices", ["A", "B"])
    lunch = make_question(desk, "Lounas?", "yes_no")
    (weekday, _feast), (a, b) = ([choice.key for choice in question.choices] for question in (one, several))
    make_registration(desk, answers={one.key: weekday, several.key: [a, b], lunch.key: True})
    make_registration(desk, answers={one.key: weekday, several.key: [a], lunch.key: False})
    make_registration(desk, answers={several.key: [], one.key: ""})
    make_registration(desk, status="cancelled", answers={one.key: weekday, several.key: [a, b], lunch.key: True})

    questions = [one, several, lunch]
    groups = statistics.by_answer(statistics.count(desk, questions), questions)

    assert [(group.total, [(bar.count, bar.percent) for bar in group.rows]) for group in groups] == [
        (2, [(2, 100), (0, 0)]),
        (2, [(2, 100), (1, 50)]),
        (2, [(1, 50), (1, 50)]),
    ]


def test_the_counts_of_a_large_desk_are_cached_and_say_when_they_were_counted(
    admin_client, desk, make_registration, count_queries, monkeypatch
):
    monkeypatch.setattr(statistics, "MANY", 2)
    for _ in range(2):
        make_registration(desk)
    address = reverse("verkosto_registrations_admin:statistics", args=[desk.pk])
    assert "Laskettu klo" not in admin_client.get(address).content.decode()
    make_registration(desk)
    first = admin_client.get(address).content.decode()
    make_registration(desk)
    second = admin_client.get(address).content.decode()
    assert "Laskettu klo" in first
    assert [text.count('<td class="reg-number">3</td>') for text in (first, second)] == [2, 2]
