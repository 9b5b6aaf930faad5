import pytest
from django.http import QueryDict
from django.urls import reverse
from icalendar import Calendar
from wagtail.models import Page

from tests.factories.registrations import desk_of, event_with_desk, register
from verkosto.registrations.domain import lifecycle
from verkosto.registrations.domain.capacity_audit import check
from verkosto.registrations.mail.compose import compose
from verkosto.registrations.models import Desk, Message, Registration, SensitiveAnswers


@pytest.fixture
def event_pair(db):
    """The desks of two events."""
    here = event_with_desk(title="Täällä")
    return desk_of(here), desk_of(event_with_desk(title="Siellä", index=here.get_parent()))


def act(client, step, registration, **data):
    return client.post(
        reverse(f"verkosto_registrations_admin:{step}", args=[registration.desk_id, registration.pk]), data
    )


def status(registration):
    registration.refresh_from_db()
    return registration.status


def test_staff_add_somebody_by_hand_to_a_closed_desk(admin_client, admin, make_desk, make_question):
    desk = make_desk(is_open=False)
    question = make_question(desk, "Kotikunta", required=True)
    url = reverse("verkosto_registrations_admin:add", args=[desk.pk])
    assert admin_client.get(url).status_code == 200
    admin_client.post(url, {"name": "Aino Virtanen", "email": "aino@example.org", "language": "sv"})
    registration = Registration.objects.get()
    assert (registration.status, registration.added_by, registration.language) == ("confirmed", admin, "sv")
    assert question.key not in registration.answers
    assert Message.objects.get().kind == "confirmed"
    assert check(desk).consistent


def test_adding_shows_errors_beside_their_fields(admin_client, desk, make_registration):
    taken = make_registration(desk, email="aino@example.org")
    url = reverse("verkosto_registrations_admin:add", args=[desk.pk])
    response = admin_client.post(url, {"name": "Aino", "email": taken.email, "language": "fi"})
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()
    assert Registration.objects.count() == 1


def test_staff_change_answers_but_not_the_sensitive_ones_they_cannot_read(
    client, desk, make_question, make_registration, make_staff
):
    question = make_question(desk, "Kotikunta")
    diet = make_question(desk, "Ruokavalio", "dietary_needs", sensitive=True)
    registration = make_registration(desk, answers={question.key: "Espoo"})
    SensitiveAnswers.objects.create(registration=registration, answers={diet.key: "Gluteeniton"})
    client.force_login(make_staff(Page.objects.get(depth=1), "see", "change"))
    page = client.get(reverse("verkosto_registrations_admin:change", args=[desk.pk, registration.pk])).content.decode()
    assert "Espoo" in page
    assert "Gluteeniton" not in page
    data = {"name": "Aino", "email": registration.email, "language": "sv", f"q-{question.key}": "Vantaa"}
    act(client, "change", registration, **data)
    registration.refresh_from_db()
    assert (registration.name, registration.language, registration.answers) == ("Aino", "sv", {question.key: "Vantaa"})
    assert registration.sensitive.answers == {diet.key: "Gluteeniton"}


def test_approve_decline_cancel_and_back(admin_client, make_desk, make_registration):
    desk = make_desk(capacity=1)
    first = make_registration(desk, status="awaiting_approval")
    second = make_registration(desk, status="awaiting_approval")
    act(admin_client, "approve", first)
    act(admin_client, "approve", second)
    assert (status(first), status(second)) == ("confirmed", "waiting")
    act(admin_client, "cancel", first, reason="Sairastui")
    assert (status(first), status(second)) == ("cancelled", "confirmed")
    assert first.changes.get(event="cancelled").reason == "Sairastui"
    act(admin_client, "rejoin", first)
    assert status(first) == "waiting"
    assert check(desk).consistent


def test_a_get_asks_and_changes_nothing(admin_client, desk, make_registration):
    registration = make_registration(desk)
    for name in ("cancel", "move", "resend", "erase", "rejoin", "approve", "decline"):
        url = reverse(f"verkosto_registrations_admin:{name}", args=[desk.pk, registration.pk])
        assert admin_client.get(url).status_code == 200
    assert status(registration) == "confirmed"
    assert not Message.objects.exists()


def test_a_refusal_is_told_and_nothing_changes(admin_client, desk, make_registration):
    registration = make_registration(desk)
    response = admin_client.post(
        reverse("verkosto_registrations_admin:approve", args=[desk.pk, registration.pk]), follow=True
    )
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert status(registration) == "confirmed"


def test_move_needs_the_right_at_both_events(client, make_desk, make_page, make_registration, make_staff):
    mine, other = make_page("A"), make_page("B")
    here, there, foreign = (
        make_desk("1", page=mine),
        make_desk("2", page=make_page("2", under=mine)),
        make_desk("3", page=other),
    )
    registration = make_registration(here)
    client.force_login(make_staff(mine, "see", "change"))
    act(client, "move", registration, to=foreign.pk)
    registration.refresh_from_db()
    assert registration.desk == here
    act(client, "move", registration, to=there.pk)
    registration.refresh_from_db()
    assert registration.desk == there
    assert check(here).consistent
    assert check(there).consistent


def test_resend_tells_where_the_person_stands(admin_client, desk, make_registration):
    act(admin_client, "resend", make_registration(desk, status="waiting"))
    assert Message.objects.get().kind == "waiting"


def test_erase_needs_its_right_and_leaves_the_count(client, admin_client, desk, make_registration, make_staff):
    registration = make_registration(desk, name="Aino Virtanen")
    client.force_login(make_staff(Page.objects.get(depth=1), "see", "change", "export"))
    act(client, "erase", registration)
    registration.refresh_from_db()
    assert registration.name == "Aino Virtanen"
    client.force_login(make_staff(Page.objects.get(depth=1), "see", "erase", username="dpo"))
    act(client, "erase", registration)
    registration.refresh_from_db()
    assert (registration.name, registration.email) == ("", "")
    assert check(desk).consistent


@pytest.mark.parametrize(
    "name", ["add", "change", "approve", "decline", "cancel", "rejoin", "move", "resend", "note", "message_resend"]
)
def test_seeing_alone_changes_nothing(client, desk, make_registration, make_staff, name):
    registration = make_registration(desk, status="awaiting_approval")
    message = Message.objects.create(
        desk=desk, registration=registration, kind="received", recipient="x@example.org", language="fi", state="sent"
    )
    args = {"add": [desk.pk], "message_resend": [message.pk]}.get(name, [desk.pk, registration.pk])
    client.force_login(make_staff(Page.objects.get(depth=1), "see", "export", "erase", "read_sensitive"))
    client.post(
        reverse(f"verkosto_registrations_admin:{name}", args=args), {"text": "x", "name": "x", "language": "fi"}
    )
    message.refresh_from_db()
    assert (status(registration), Registration.objects.count(), registration.notes.count()) == (
        "awaiting_approval",
        1,
        0,
    )
    assert message.state == "sent"


def bulk(client, action, **query):
    parameters = QueryDict(mutable=True)
    for name, value in query.items():
        parameters.setlist(name, [str(each) for each in (value if isinstance(value, list) else [value])])
    path = reverse("wagtail_bulk_action", args=["verkosto_registrations", "registration", action])
    url = f"{path}?{parameters.urlencode()}"
    return client.get(url), client.post(url, {"reason": ""})


def test_bulk_approves_what_fits_and_leaves_the_rest(admin_client, make_desk, make_registration):
    desk = make_desk(capacity=1)
    applicants = [make_registration(desk, status="awaiting_approval") for _n in range(2)]
    confirmed = make_registration(desk, status="cancelled")
    asked, _done = bulk(admin_client, "approve", id=[row.pk for row in (*applicants, confirmed)], next="/admin/")
    assert (asked.context["number"], asked.context["others"]) == (2, 1)
    assert sorted(status(row) for row in applicants) == ["confirmed", "waiting"]
    assert check(desk).consistent


def test_bulk_on_the_whole_listing_keeps_its_filters(admin_client, desk, make_registration):
    finnish, swedish = make_registration(desk), make_registration(desk, language="sv")
    bulk(admin_client, "attended", id="all", childOf=desk.pk, language="sv", next="/admin/")
    finnish.refresh_from_db()
    swedish.refresh_from_db()
    assert (finnish.attendance, swedish.attendance) == ("", "attended")


def test_bulk_touches_no_other_desk(client, make_desk, make_page, make_registration, make_staff):
    mine = make_page("A")
    here, foreign = make_desk("1", page=mine), make_desk("2")
    own, other = make_registration(here), make_registration(foreign, name="Salainen Henkilö")
    client.force_login(make_staff(mine, "see", "change"))
    asked, _done = bulk(client, "cancel", id=[own.pk, other.pk], next="/admin/")
    assert "Salainen" not in asked.content.decode()
    assert (status(own), status(other)) == ("cancelled", "confirmed")
    asked, _done = bulk(client, "cancel", id="all", childOf=foreign.pk)
    assert status(other) == "confirmed"
    assert "Salainen" not in asked.content.decode()


def test_the_desk_that_somebody_left_tells_where_they_are(client, make_desk, make_page, make_registration, make_staff):
    mine = make_page("A")
    here, there = make_desk("Täällä", page=mine), make_desk("Siellä", page=make_page("B", under=mine))
    registration = make_registration(here, name="Aino Virtanen")
    mover = make_staff(mine, "see", "change")
    client.force_login(mover)
    old = reverse("verkosto_registrations_admin:registration", args=[here.pk, registration.pk])
    act(client, "move", registration, to=there.pk)
    new = reverse("verkosto_registrations_admin:registration", args=[there.pk, registration.pk])
    listed = reverse("verkosto_registrations_admin:moved_registrations", args=[here.pk])
    assert client.get(old).url == new
    assert "Täällä" in client.get(new).content.decode()
    assert listed in client.get(reverse("verkosto_registrations_admin:registrations", args=[here.pk])).content.decode()
    (row,) = client.get(listed).context["rows"]
    assert (row["registration"], row["moved"].user, row["is_visible"]) == (registration, mover, True)
    # Who may see the one desk only learns where to, not who.
    Desk.objects.filter(pk=there.pk).update(tree_path=make_page("C").path)
    assert client.get(old).url == listed
    html = client.get(listed).content.decode()
    assert ("Aino" in html, "Siellä" in html) == (False, True)
    registration.refresh_from_db()
    lifecycle.move(registration=registration, to=here)
    assert (client.get(listed).context["rows"], client.get(old).status_code) == ([], 200)


def test_the_mail_of_a_move_takes_the_old_event_out_of_the_calendar(event_pair):
    here, there = event_pair
    registration = register(here, "a@example.fi")
    lifecycle.move(registration=registration, to=there)
    letter = compose(Message.objects.get(kind="moved"))
    old, new = (Calendar.from_ical(file).walk("VEVENT")[0] for file in (letter.left_calendar, letter.calendar))
    assert (old["status"], new["status"]) == ("CANCELLED", "CONFIRMED")
    assert str(old["uid"]).startswith(str(here.translation_key))
    assert "Et ole enää ilmoittautunut tapahtumaan Täällä." in letter.text()
