from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page

from tests.factories.registrations import desk_of, event_with_desk, question
from tests.verkosto.registrations.admin.answers import is_not_found
from verkosto.registrations.mail import outbox
from verkosto.registrations.mail.check_in_codes import code_of
from verkosto.registrations.models import StatusChange


@pytest.fixture
def url(desk):
    return reverse("verkosto_registrations_admin:check_in", args=[desk.pk])


def mark(client, url, registration, attendance="attended", **headers):
    return client.post(url, {"reference": registration.reference, "attendance": attendance}, **headers)


def attendance(registration):
    registration.refresh_from_db()
    return registration.attendance


@pytest.fixture
def event(db):
    starts_at = timezone.now() + timedelta(days=30)
    choice = question("choice", "Työpaja", choices=["Arki", "Juhla"])
    return event_with_desk(title="Verkostopäivä", questions=[choice], starts_at=starts_at, capacity=10)


def test_check_in_and_undo(admin_client, desk, url, make_registration):
    registration = make_registration(desk, places=2)
    response = admin_client.get(mark(admin_client, url, registration).url)
    assert (attendance(registration), response.context["arrived"], response.context["all"]) == ("attended", 1, 2)
    assert registration.checked_in_at
    mark(admin_client, url, registration, "")
    assert (attendance(registration), registration.checked_in_at) == ("", None)


def test_twice_is_once(admin_client, desk, url, make_registration):
    registration = make_registration(desk)
    for _n in range(3):
        mark(admin_client, url, registration)
    assert StatusChange.objects.filter(event="attended").count() == 1
    assert ModelLogEntry.objects.filter(action="registrations.check_in").count() == 1


def test_the_script_gets_json(admin_client, desk, url, make_registration):
    response = mark(admin_client, url, make_registration(desk), headers={"accept": "application/json"})
    assert response.json() == {"attendance": "attended", "arrived": 1, "all": 1}
    assert "no-store" in response["Cache-Control"]
    waiting = mark(
        admin_client, url, make_registration(desk, status="waiting"), headers={"accept": "application/json"}
    )
    assert waiting.json()["error"]


def test_only_people_with_a_place_are_listed(admin_client, desk, url, make_registration):
    make_registration(desk, name="Aino")
    make_registration(desk, name="Björn", status="cancelled")
    html = admin_client.get(url).content.decode()
    assert "Aino" in html
    assert "Björn" not in html
    assert "Aino" not in admin_client.get(f"{url}?q=nobody").content.decode()


def test_a_code_leads_to_one_person_and_changes_nothing(admin_client, desk, make_registration):
    registration = make_registration(desk, name="Aino")
    page = reverse("verkosto_registrations_admin:check_in_code", args=[code_of(registration)])
    assert "Aino" in admin_client.get(page).content.decode()
    assert attendance(registration) == ""


@pytest.mark.parametrize("code", ["ABC", "ABC:def", "%00", "x" * 3000])
def test_an_unknown_code_is_404(admin_client, desk, code):
    path = "/admin/registrations/check-in/" + code + "/"
    answer = admin_client.get(path)
    assert is_not_found(answer) or answer.status_code == 400
    assert desk.title not in answer.content.decode()


def test_a_code_is_of_no_use_without_the_right(client, make_desk, make_page, make_registration, make_staff):
    registration = make_registration(make_desk(), name="Salainen Henkilö")
    page = reverse("verkosto_registrations_admin:check_in_code", args=[code_of(registration)])
    assert client.get(page).url == f"{reverse('wagtailadmin_login')}?next={quote(page)}"
    client.force_login(make_staff(make_page("A"), "see", "change"))
    assert "Salainen" not in client.get(page).content.decode()
    client.force_login(make_staff(Page.objects.get(depth=1), "see", username="reader"))
    assert "Salainen" not in client.get(page).content.decode()


def test_the_check_in_code_is_in_the_mail_of_an_event_on_site(
    event, make_registration, django_capture_on_commit_callbacks
):
    for attendance, names in (("on_site", ["check-in.png"]), ("online", [])):
        mail.outbox.clear()
        registration = make_registration(
            desk_of(event_with_desk(index=event.get_parent(), attendance=attendance, title=attendance))
        )
        with django_capture_on_commit_callbacks(execute=True):
            outbox.write("confirmed", registration=registration)
        files = [part.get_filename() for part in mail.outbox[0].message().walk()]
        assert [name for name in files if name == "check-in.png"] == names


def test_guests_are_checked_in_one_by_one(admin_client, desk, url, make_registration):
    registration = make_registration(desk, name="Aino", places=3, guests=["Eero Elo"])
    eero, unnamed = registration.guests.all()
    page = admin_client.get(url).content.decode()
    assert [f'value="{person.reference}"' in page for person in (registration, eero, unnamed)] == [True] * 3
    response = admin_client.get(mark(admin_client, url, eero).url)
    assert (response.context["arrived"], response.context["all"], response.context["changed"]) == (1, 3, eero)
    assert (attendance(eero), attendance(registration)) == ("attended", "")
    mark(admin_client, url, registration)
    answer = mark(admin_client, url, unnamed, headers={"accept": "application/json"})
    assert answer.json() == {"attendance": "attended", "arrived": 3, "all": 3}
    mark(admin_client, url, eero, "")
    assert (attendance(eero), eero.checked_in_at) == ("", None)
    events = list(registration.changes.values_list("event", "reason"))
    assert events == [
        ("attended", "Eero Elo"),
        ("attended", ""),
        ("attended", ""),
        ("attendance_cleared", "Eero Elo"),
    ]


def test_a_search_finds_a_guest_and_a_guests_code_leads_to_them(admin_client, desk, url, make_registration):
    registration = make_registration(desk, name="Aino", places=2, guests=["Eero Elo"])
    make_registration(desk, name="Björn")
    assert admin_client.get(f"{url}?q=eero").context["rows"] == [registration]
    guest = registration.guests.get()
    page = reverse("verkosto_registrations_admin:check_in_code", args=[code_of(guest)])
    answer = admin_client.get(page)
    assert answer.context["person"] == guest
    assert f'value="{guest.reference}"' in answer.content.decode()
    assert attendance(guest) == ""
