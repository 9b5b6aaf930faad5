"""Certificates of attendance: on paper for staff, and behind the personal link."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.factories.registrations import desk_of, event_with_desk, in_three_languages, register
from tests.factories.seasons import meeting_of, season
from tests.verkosto.registrations.manage_pages import address, open_link
from tests.verkosto.registrations.pdf_reader import Pdf
from verkosto.registrations.domain.attendance import record_attendance
from verkosto.registrations.domain.certificates import certificates_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def registration():
    """Anna, in Swedish, with a guest."""
    event = event_with_desk(title="Webinaari", places_per_registration=2)
    in_three_languages(event)
    return register(desk_of(event), "anna@example.fi", language="sv", name="Anna Aho", places=2, guests=["Ben Bo"])


def attended(registration):
    registration.attendance = "attended"
    registration.save()
    registration.guests.update(attendance="attended")
    return registration


def said(answer):
    """What each certificate of a page says: language, name, event."""
    sections = BeautifulSoup(answer.content, "html.parser").select(".certificate")
    return [(each["lang"], each.select_one(".name").text, each.select_one(".event").text) for each in sections]


def test_each_attendee_who_came_has_a_certificate_in_a_language(registration):
    assert [each.name for each in certificates_of(registration, "en")] == ["Anna Aho"]
    attended(registration)
    assert [(each.name, each.title, each.reference) for each in certificates_of(registration, "en")] == [
        ("Anna Aho", "Webinar", registration.reference),
        ("Ben Bo", "Webinar", registration.guests.get().reference),
    ]


def test_personal_link_opens_the_certificate_once_somebody_was_checked_in(client, registration):
    open_link(client, registration)
    link = reverse("verkosto_registrations:certificate", args=[registration.reference])
    assert client.get(address(registration, "certificate/")).status_code == 404
    assert link not in client.get(address(registration)).content.decode()

    attended(registration)

    answer = client.get(address(registration, "certificate/"))
    assert said(answer) == [("fi", "Anna Aho", "Webinaari"), ("fi", "Ben Bo", "Webinaari")]
    assert "no-store" in answer["Cache-Control"]
    assert address(registration, "certificate/") in client.get(address(registration)).content.decode()
    assert address(registration, "certificate.pdf") in answer.content.decode()
    file = client.get(address(registration, "certificate.pdf"))
    assert (file["Content-Type"], "no-store" in file["Cache-Control"]) == ("application/pdf", True)
    assert file["Content-Disposition"] == 'attachment; filename="osallistumistodistus.pdf"'
    assert [page[1] for page in Pdf(file.content).pages] == ["Anna Aho", "Ben Bo"]


def test_name_in_other_letters_is_on_the_page_only(client, registration):
    registration.name = "Ελένη"
    attended(registration)
    open_link(client, registration)
    page = client.get(address(registration, "certificate/")).content.decode()
    assert "Ελένη" in page
    assert "certificate.pdf" not in page
    assert client.get(address(registration, "certificate.pdf")).status_code == 404


def test_certificate_of_a_season_names_the_meetings_that_the_person_attended():
    series = season()
    person = register(desk_of(series), "aino@example.fi", name="Aino")
    for number, attendance in ((1, "attended"), (2, "absent"), (3, "attended")):
        uid = meeting_of(series, number).calendar_uid
        record_attendance(registration=person, attendance=attendance, user=None, meeting=uid)
    certificate = certificates_of(person, "fi")[0]
    assert [meeting.partition(",")[0] for meeting in certificate.meetings] == ["Tapaaminen 1", "Tapaaminen 3"]


def test_staff_print_the_certificates_of_all_who_attended_each_in_their_language(admin_client, registration):
    register(registration.desk, "carl@example.fi", name="Carl Ce")
    url = reverse("verkosto_registrations_admin:certificates", args=[registration.desk.pk])
    assert said(admin_client.get(url)) == []

    attended(registration)

    file = admin_client.get(f"{url}?format=pdf")
    assert [page[1] for page in Pdf(file.content).pages] == ["Anna Aho", "Ben Bo"]
    assert "no-store" in file["Cache-Control"]
    answer = admin_client.get(url)
    assert "part=1&amp;format=pdf" in answer.content.decode()
    assert said(answer) == [("sv", "Anna Aho", "Webbinarium"), ("sv", "Ben Bo", "Webbinarium")]
    back = BeautifulSoup(answer.content, "html.parser").select_one(".screen a")["href"]
    assert back == reverse("verkosto_registrations_admin:print", args=[registration.desk.pk])


@pytest.mark.parametrize("number", [1, 30])
def test_certificates_take_as_many_queries_for_one_person_as_for_thirty(
    client, admin_user, registration, count_queries, number
):
    client.force_login(admin_user)
    for each in range(number):
        attended(register(registration.desk, f"person{each}@example.fi", name=f"Henkilö {each}"))

    assert count_queries(reverse("verkosto_registrations_admin:certificates", args=[registration.desk.pk])) == 10
