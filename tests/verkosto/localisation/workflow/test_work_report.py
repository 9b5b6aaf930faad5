"""The report of work: each string counts once, corrections apart; others' work is for those who lead."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from verkosto.localisation.models import StringVersion
from verkosto.localisation.workflow.work_report import Work, work_by_month, write_csv


@pytest.fixture
def versions(translation, locales, make_user):
    """What two translators into Swedish and a machine did in two months."""
    StringVersion.objects.all().delete()
    segment = translation.source.stringsegment_set.first()
    first, lead = make_user("sv", "change_page"), make_user("sv", "change_page", submit=True)
    lead.first_name, lead.last_name = "Leena", "Esimerkki"
    lead.save()
    place = {"string": segment.string, "context": segment.context, "locale": locales["sv"], "text": "x"}
    for user, month, words, reviewed in (
        (first, 1, 5, True),
        (first, 1, 2, True),
        (first, 1, 0, True),
        (lead, 1, 7, True),
        (lead, 2, 1, True),
        (None, 2, 0, False),
    ):
        row = StringVersion.objects.create(**place, by=user, words=words, is_reviewed=reviewed)
        StringVersion.objects.filter(pk=row.pk).update(created_at=datetime(2027, month, 15, tzinfo=UTC))
    return first, lead


def test_who_leads_sees_everybody_by_month(versions, django_assert_max_num_queries):
    first, lead = versions
    with django_assert_max_num_queries(6):
        rows = work_by_month(lead)
    assert rows == [
        Work(date(2027, 2, 1), "ruotsi", "Leena Esimerkki", 1, 1, 0),
        Work(date(2027, 1, 1), "ruotsi", first.username, 2, 7, 1),
        Work(date(2027, 1, 1), "ruotsi", "Leena Esimerkki", 1, 7, 0),
    ]


def test_translators_see_their_own(client, versions):
    first, _lead = versions
    client.force_login(first)
    html = client.get(reverse("verkosto_localisation:work")).content.decode()
    assert first.username in html.split("<tbody>")[1]
    assert "Leena" not in html
    answer = client.get(reverse("verkosto_localisation:work"), {"format": "csv"})
    assert answer.content.decode("utf-8-sig").splitlines()[1:] == [f"2027-01,ruotsi,{first.username},2,7,1"]


def test_a_name_is_no_formula():
    text = write_csv([Work(date(2027, 1, 1), "sv", "=1+1", 1, 2, 3)])
    assert text.splitlines()[1] == "2027-01,sv,'=1+1,1,2,3"
