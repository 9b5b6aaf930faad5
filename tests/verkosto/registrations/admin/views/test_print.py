from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone


@pytest.mark.parametrize("name", ["statistics", "print", "attendance_list", "badges"])
def test_statistics_and_documents_show_their_content(admin_client, desk, make_question, make_registration, name):
    question = make_question(desk, "Työpaja", "choice", ["Arki", "Juhla"])
    make_registration(
        desk, name="Aino", places=2, companions=["Eero"], answers={question.key: question.choices[0].key}
    )
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
