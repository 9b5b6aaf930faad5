from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from verkosto.registrations.admin.views.print import AttendanceListView, BadgesView


@pytest.mark.parametrize("name", ["statistics", "print", "attendance_list", "badges"])
def test_statistics_and_documents_show_their_content(admin_client, desk, make_question, make_registration, name):
    question = make_question(desk, "Työpaja", "choice", ["Arki", "Juhla"])
    make_registration(desk, name="Aino", places=2, guests=["Eero"], answers={question.key: question.choices[0].key})
    answers = {question.key: question.choices[0].key}
    make_registration(desk, name="Oiva", answers=answers, created_at=timezone.now() - timedelta(days=3))
    html = admin_client.get(reverse(f"verkosto_registrations_admin:{name}", args=[desk.pk])).content.decode()
    wanted = {
        "statistics": ["Työpaja", "<polyline", "100 %"],
        "print": ["Osallistujaluettelo", "Nimilaput"],
        "attendance_list": ["Aino", "Eero"],
        "badges": ["Aino", "Eero", "qrline"],
    }
    assert [text for text in wanted[name] if text not in html] == []


@pytest.mark.parametrize(("name", "view"), [("attendance_list", AttendanceListView), ("badges", BadgesView)])
def test_long_documents_are_printed_in_parts(admin_client, desk, make_registration, monkeypatch, name, view):
    """Findings: the list of 200,000 took 19 s and 19 MB, the badges were killed by gunicorn."""
    monkeypatch.setattr(view, "per_part", 2)
    for person in ("Aino", "Bertta", "Cecilia"):
        make_registration(desk, name=person, places=2, guests=[f"Vieras {person}"])
    url = reverse(f"verkosto_registrations_admin:{name}", args=[desk.pk])

    first, second = (admin_client.get(f"{url}?order=name&part={part}").content.decode() for part in (1, 2))

    assert [person in first for person in ("Aino", "Bertta", "Cecilia")] == [True, True, False]
    assert [person in second for person in ("Aino", "Bertta", "Cecilia")] == [False, False, True]
    assert 'href="?order=name&amp;part=2"' in first
    if name == "attendance_list":
        assert "6 paikkaa" in first
        assert "6 paikkaa" in second
        assert "<td>5</td><td>Cecilia</td>" in second


@pytest.mark.parametrize("name", ["attendance_list", "badges", "statistics", "duplicates"])
def test_documents_take_as_many_queries_for_many(
    admin_client, desk, make_registration, make_question, count_queries, name
):
    question = make_question(desk, "Työpaja", "several_choices", ["Arki", "Juhla"])
    url = reverse(f"verkosto_registrations_admin:{name}", args=[desk.pk])
    keys = [choice.key for choice in question.choices]
    make_registration(desk, name="Aino Ensimmäinen", answers={question.key: keys})
    one = count_queries(url)
    for number in range(30):
        make_registration(desk, name=f"Aino {number}", answers={question.key: keys[: 1 + number % 2]})
    assert count_queries(url) == one <= 30
