from datetime import timedelta
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page

from tests.factories.registrations import desk_of, event_with_desk, question
from tests.verkosto.registrations.admin.answers import is_not_found, is_refused
from verkosto.registrations.domain.roles import give_role
from verkosto.registrations.mail import outbox
from verkosto.registrations.mail.check_in_codes import code_of
from verkosto.registrations.models import RoleAssignment, StatusChange


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


@pytest.fixture
def helper(client, make_desk, make_page, make_registration):
    """A client of a person who checks in below a page, and the desk there of an event of today."""
    network = make_page("Verkosto A")
    now = timezone.now()
    desk = make_desk("Tänään", page=make_page("Tänään", under=network), starts_at=now, ends_at=now)
    make_registration(desk, name="Aino Virtanen", email="aino@example.fi", organisation="Kunta")
    user = User.objects.create_user("checks-in")
    give_role(assignment=RoleAssignment(user=user, role="check_in", page=network))
    client.force_login(user)
    return client, desk, network


def test_a_helper_sees_today_s_list_and_checks_in(helper):
    client, desk, _network = helper
    today = client.get(reverse("verkosto_registrations_admin:check_in_today"))
    assert [row["desk"] for row in today.context["rows"]] == [desk]
    page = reverse("verkosto_registrations_admin:check_in", args=[desk.pk])
    html = client.get(page).content.decode()
    assert ("Aino Virtanen" in html, "aino@example.fi" in html, "/registrations/check-in/" in html) == (
        True,
        False,
        True,
    )
    registration = desk.registrations.get()
    mark(client, page, registration)
    assert attendance(registration) == "attended"


def test_a_helper_cannot_find_out_addresses(helper):
    client, desk, _network = helper
    page = reverse("verkosto_registrations_admin:check_in", args=[desk.pk])
    found = [
        list(client.get(f"{page}?q={words}").context["rows"]) for words in ("aino@example.fi", "example", "kunta")
    ]
    assert found == [[], [], [desk.registrations.get()]]


def test_the_role_opens_nothing_else(helper, make_registration):
    client, desk, _network = helper
    registration = desk.registrations.get()
    for name in ("registrations", "export", "mailings", "print", "statistics", "invitations", "desk_messages"):
        assert is_not_found(client.get(reverse(f"verkosto_registrations_admin:{name}", args=[desk.pk])))
    assert is_not_found(
        client.get(reverse("verkosto_registrations_admin:registration", args=[desk.pk, registration.pk]))
    )
    for name in ("desks", "messages", "retention", "data_subject"):
        assert is_refused(client, client.get(reverse(f"verkosto_registrations_admin:{name}")))


def test_the_role_opens_nothing_on_other_days(helper, make_desk, make_page, make_registration):
    client, _desk, network = helper
    later = make_desk("Myöhemmin", page=make_page("Myöhemmin", under=network))
    registration = make_registration(later, name="Björn Berg")
    page = reverse("verkosto_registrations_admin:check_in", args=[later.pk])
    code = reverse("verkosto_registrations_admin:check_in_code", args=[code_of(registration)])
    assert [is_not_found(each) for each in (client.get(page), mark(client, page, registration), client.get(code))] == [
        True,
        True,
        True,
    ]
    assert attendance(registration) == ""


def test_a_helper_sees_the_meetings_of_today_alone(helper):
    client, desk, _network = helper
    entries = [
        {
            "uid": f"m{n}@example.fi",
            "title": f"Kokous {n}",
            "starts_at": (timezone.now() + timedelta(days=n)).isoformat(),
        }
        for n in (0, 3)
    ]
    desk.versions["fi"]["entries"] = entries
    desk.ends_at = timezone.now() + timedelta(days=4)
    desk.save()
    page = reverse("verkosto_registrations_admin:check_in", args=[desk.pk])
    answer = client.get(f"{page}?meeting=m3@example.fi")
    assert [uid for uid, _label in answer.context["meeting_options"]] == ["m0@example.fi"]
    assert answer.context["meeting"].uid == "m0@example.fi"
