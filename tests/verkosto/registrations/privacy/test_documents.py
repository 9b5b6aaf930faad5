"""The documents of data protection say what desks and stores hold; their files are read back."""

from io import BytesIO

import docx
import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook

from home.models import SiteSettings
from tests.factories import PrivacyNoticeFactory, SiteSettingsFactory
from tests.factories.registrations import desk_of, event_with_desk, question
from tests.verkosto.registrations.admin.answers import is_refused
from verkosto.registrations.domain.roles import give_role
from verkosto.registrations.models import RoleAssignment
from verkosto.registrations.privacy.desk_processing import DESK_STORES
from verkosto.registrations.privacy.documents import (
    DOCUMENTS,
    information_texts,
    record_of_processing,
    retention_table,
)
from verkosto.registrations.privacy.personal_data import personal_data_stores
from verkosto.registrations.privacy.processing import activities, undescribed_stores

pytestmark = pytest.mark.django_db
OWN_APPS = ("verkosto_registrations.", "verkosto_networks.", "verkosto_subscriptions.", "verkosto_accounts.")


@pytest.fixture
def event():
    notice = PrivacyNoticeFactory(
        title="Tapahtumat", purpose="Tapahtuman järjestäminen.", recipients="<p>Ravintola</p><p>Kuljetus</p>"
    )
    questions = [question("text", "Kotikunta", help_text="", reason=""), question("dietary_needs", "Ruokavalio")]
    page = event_with_desk(title="Webinaari", privacy_notice=notice, questions=questions)
    SiteSettings.objects.all().delete()
    SiteSettingsFactory(name="Virasto", contact_email="tietosuoja@example.fi")
    return page


def row_of(document, about):
    return next(dict(zip(document.header, row, strict=True)) for row in document.table if row[0] == about)


def test_the_record_says_what_the_desks_do(event):
    with override("en"):
        document = record_of_processing()
    assert document.facts[:2] == [("Controller", "Virasto"), ("Contact for data protection", "tietosuoja@example.fi")]
    assert row_of(document, "Registrations: Tapahtumat") == {
        "Activity": "Registrations: Tapahtumat",
        "Purpose": "Tapahtuman järjestäminen.",
        "Legal basis": "Public task",
        "Categories of persons": "People who register, the guests they bring, and people who are invited",
        "Categories of data": (
            "Name, email address, organisation, language, places, attendance, messages, notes by staff. "
            "Answers: Kotikunta. Sensitive answers: Ruokavalio"
        ),
        "Recipients": "Ravintola Kuljetus",
        "Kept for": "Registrations: 180 days after the event. Sensitive answers: 14 days after the event",
        "Rows now": "Events and pages: 1",
    }
    members = row_of(document, "Members of networks")
    assert (members["Kept for"], members["Rows now"]) == ("365 days after the membership ends", 0)


def test_different_times_are_a_range(event):
    desk = desk_of(event_with_desk(index=event.get_parent(), title="Toinen", privacy_notice=event.privacy_notice))
    type(desk).objects.filter(pk=desk.pk).update(retention_days=30)
    with override("en"):
        row = row_of(retention_table(), "Registrations: Tapahtumat")
    assert (row["Kept for"].partition(".")[0], row["Events and pages"]) == (
        "Registrations: 30 to 180 days after the event",
        "Webinaari, Toinen",
    )


def test_information_is_in_each_language(event):
    titles = []
    for language in ("fi", "sv", "en"):
        with override(language):
            document = information_texts()
            titles.append((document.title, document.header[-1]))
    assert titles == [
        ("Rekisteröidyn informointi", "Oikeutesi"),
        ("Information till registrerade", "Dina rättigheter"),
        ("Information for data subjects", "Your rights"),
    ]


def test_every_store_of_ours_is_described():
    described = {*DESK_STORES, *(name for activity in activities() for name in activity.stores)}
    names = {store.name for store in personal_data_stores()}
    assert {name for name in described if name not in names} == set()
    missing = undescribed_stores(described)
    assert [each.name for each in missing if any(label.startswith(OWN_APPS) for label in each.models)] == []


def test_the_docx_holds_the_document(event, admin_client):
    answer = admin_client.get(
        reverse("verkosto_registrations_admin:document_file", args=["record", "docx"]) + "?language=sv"
    )
    assert answer["Content-Disposition"] == 'attachment; filename="record-sv.docx"'
    assert "no-store" in answer["Cache-Control"]
    file = docx.Document(BytesIO(answer.content))
    with override("sv"):
        document = record_of_processing()
    expected = [document.title, *(f"{label}: {text}" for label, text in document.facts)]
    for about, texts in document.parts:
        expected += [about, *(f"{label}: {text}" for label, text in texts)]
    assert [paragraph.text for paragraph in file.paragraphs] == expected
    assert (file.core_properties.title, file.core_properties.language) == ("Register över behandling", "sv")


def test_the_xlsx_holds_the_document(event, admin_client):
    answer = admin_client.get(reverse("verkosto_registrations_admin:document_file", args=["retention", "xlsx"]))
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    with override(answer.headers["Content-Language"]):
        document = retention_table()
    width = len(document.header)
    expected = [document.header, *document.rows()]
    padded = [tuple(cell if cell != "" else None for cell in [*row, *[""] * (width - len(row))]) for row in expected]
    assert rows == padded


def test_each_document_has_a_page_for_those_who_protect_all_data(event, admin_client, client):
    for name in DOCUMENTS:
        page = admin_client.get(reverse("verkosto_registrations_admin:document", args=[name]) + "?language=fi")
        with override("fi"):
            assert page.context["document"] == DOCUMENTS[name][1]()
    assert admin_client.get(reverse("verkosto_registrations_admin:document", args=["other"])).status_code == 404
    of_one_page = User.objects.create_user("dpo")
    give_role(assignment=RoleAssignment(user=of_one_page, role="data_protection", page=event.page_ptr))
    client.force_login(of_one_page)
    assert is_refused(client, client.get(reverse("verkosto_registrations_admin:document", args=["record"])))


def test_more_events_need_no_more_queries(event, django_assert_num_queries, django_assert_max_num_queries):
    with override("en"), django_assert_max_num_queries(40) as before:
        record_of_processing()
    for n in range(3):
        event_with_desk(
            index=event.get_parent(),
            title=f"Tapahtuma {n}",
            questions=[question("text", f"Kysymys {n}", help_text="", reason="")],
        )
    with override("en"), django_assert_num_queries(len(before)):
        record_of_processing()
