from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page

from verkosto.registrations.admin.home_panel import UpcomingEventsPanel
from verkosto.registrations.models import ListPreference, Message, Registration, SensitiveAnswers


def page(client, name, *args, **query):
    response = client.get(reverse(f"verkosto_registrations_admin:{name}", args=args), query)
    assert response.status_code == 200
    return response


def names(response):
    return [row.name for row in response.context["object_list"]]


def test_desks_show_their_fill(admin_client, make_desk, make_registration):
    desk = make_desk("Verkostopäivä", capacity=4)
    make_registration(desk, places=3)
    make_registration(desk, status="waiting")
    make_registration(desk, status="awaiting_approval")
    response = page(admin_client, "desks")
    html = response.content.decode()
    assert "Verkostopäivä" in html
    assert 'width="75%"' in html
    row = response.context["object_list"][0]
    assert (row.number_waiting, row.number_to_approve) == (1, 1)


def test_desks_are_searched_in_every_language(admin_client, make_desk):
    make_desk("Syysseminaari")
    make_desk("Toinen")
    found = page(admin_client, "desks", q="seminaari på sv").context["object_list"]
    assert [desk.title for desk in found] == ["Syysseminaari"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"state": "open"}, {"open"}),
        ({"state": "later"}, {"later"}),
        ({"state": "closed"}, {"closed", "later"}),
        ({"time": "past"}, {"closed"}),
        ({"time": "coming"}, {"open", "later"}),
    ],
)
def test_desks_are_filtered(admin_client, make_desk, query, expected):
    now = timezone.now()
    make_desk("open")
    make_desk("later", opens_at=now + timedelta(days=1))
    past = now - timedelta(days=3)
    make_desk("closed", closes_at=past, starts_at=past, ends_at=past + timedelta(hours=1))
    assert {desk.title for desk in page(admin_client, "desks", **query).context["object_list"]} == expected


def test_next_event_is_first_in_the_list_of_desks(admin_client, make_desk):
    now = timezone.now()
    for days in (-9, 30, -2, 3):
        at = now + timedelta(days=days)
        make_desk(str(days), starts_at=at, ends_at=at + timedelta(hours=1))
    make_desk("no date", starts_at=None, ends_at=None)
    listed = [desk.title for desk in page(admin_client, "desks").context["object_list"]]
    assert listed == ["3", "30", "no date", "-2", "-9"]
    listed = [desk.title for desk in page(admin_client, "desks", ordering="-starts_at").context["object_list"]]
    assert [title for title in listed if title != "no date"] == ["30", "3", "-2", "-9"]


def test_registrations_of_all_languages_are_in_one_list(admin_client, desk, make_registration):
    make_registration(desk, name="Aino", language="fi")
    make_registration(desk, name="Björn", language="sv")
    assert set(names(page(admin_client, "registrations", desk.pk))) == {"Aino", "Björn"}


def test_registrations_are_searched_filtered_and_sorted(admin_client, desk, make_registration):
    make_registration(desk, name="Aino Virtanen", email="aino@example.org")
    make_registration(desk, name="Björn Lind", language="sv", status="waiting")
    make_registration(desk, name="Cecilia Lind", language="sv", attendance="attended")
    assert names(page(admin_client, "registrations", desk.pk, q="virtanen AINO@")) == ["Aino Virtanen"]
    assert names(page(admin_client, "registrations", desk.pk, status="waiting")) == ["Björn Lind"]
    assert names(page(admin_client, "registrations", desk.pk, language="sv", ordering="-name")) == [
        "Cecilia Lind",
        "Björn Lind",
    ]
    assert names(page(admin_client, "registrations", desk.pk, attendance="attended")) == ["Cecilia Lind"]


def test_registrations_are_filtered_by_answers(admin_client, desk, make_question, make_registration):
    one = make_question(desk, "Työpaja", "choice", ["A", "B"])
    many = make_question(desk, "Aiheet", "several_choices", ["X", "Y"])
    lunch = make_question(desk, "Lounas", "yes_no")
    (a, b), (x, y) = ([choice.key for choice in question.choices] for question in (one, many))
    make_registration(desk, name="1", answers={one.key: a, many.key: [x, y], lunch.key: True})
    make_registration(desk, name="2", answers={one.key: b, many.key: [y], lunch.key: False})
    make_registration(desk, name="3")

    def found(question, *values):
        return set(names(page(admin_client, "registrations", desk.pk, **{f"q_{question.key}": values})))

    assert found(one, a) == {"1"}
    assert found(one, a, b) == {"1", "2"}
    assert found(many, x) == {"1"}
    assert found(many, y) == {"1", "2"}
    assert found(lunch, "no") == {"2"}


def test_columns_are_chosen(admin_client, desk, make_question, make_registration):
    question = make_question(desk, "Työpaja", "choice", ["Työpaja A"])
    make_registration(desk, answers={question.key: question.choices[0].key})
    shown = page(admin_client, "registrations", desk.pk, columns=["reference", f"q_{question.key}"])
    assert list(shown.context["table"].columns) == ["bulk_actions", "name", "reference", f"q_{question.key}"]
    assert "Työpaja A" in shown.content.decode()


def test_columns_and_order_are_remembered_for_each_person_and_desk(
    admin_client, client, make_desk, make_question, make_registration, make_staff
):
    desk, other = make_desk("1"), make_desk("2")
    question = make_question(desk, "Ruokavalio", "dietary_needs", sensitive=True)
    for name in ("Aino", "Björn"):
        make_registration(desk, name=name)
    sensitive = f"q_{question.key}"
    page(admin_client, "registrations", desk.pk, columns=["reference", sensitive], ordering="name", status="confirmed")
    again = page(admin_client, "registrations", desk.pk)
    assert list(again.context["table"].columns)[2:] == ["reference", sensitive]
    assert names(again) == ["Aino", "Björn"]
    ordinary = list(page(admin_client, "registrations", other.pk).context["table"].columns)
    assert ordinary[2:] == ["email", "status", "places", "language", "created_at"]
    kitchen = make_staff(Page.objects.get(depth=1), "see")
    client.force_login(kitchen)
    assert list(page(client, "registrations", desk.pk).context["table"].columns) == ordinary
    # Who could read sensitive answers and no longer may is shown the rest.
    ListPreference.objects.create(user=kitchen, desk=desk, columns=["email", sensitive])
    assert list(page(client, "registrations", desk.pk).context["table"].columns)[2:] == ["email"]


def test_sensitive_answers_need_their_own_right(client, desk, make_page, make_question, make_registration, make_staff):
    question = make_question(desk, "Ruokavalio", "dietary_needs", sensitive=True)
    registration = make_registration(desk)
    SensitiveAnswers.objects.create(registration=registration, answers={question.key: "Pähkinäallergia"})
    root = Page.objects.get(depth=1)
    client.force_login(make_staff(root, "see", "change", "export"))
    detail = page(client, "registration", desk.pk, registration.pk).content.decode()
    listed = page(client, "registrations", desk.pk, columns=[f"q_{question.key}"]).content.decode()
    assert "Pähkinäallergia" not in detail + listed
    client.force_login(make_staff(root, "see", "read_sensitive", username="kitchen"))
    assert "Pähkinäallergia" in page(client, "registration", desk.pk, registration.pk).content.decode()
    assert "Pähkinäallergia" in page(client, "registrations", desk.pk, columns=[f"q_{question.key}"]).content.decode()
    assert ModelLogEntry.objects.filter(action="registrations.see_sensitive").count() == 1


def test_every_view_of_persons_is_in_the_audit_log_without_their_names(admin_client, desk, make_registration):
    registration = make_registration(desk, name="Aino Virtanen", email="aino@example.org")
    page(admin_client, "registrations", desk.pk, q="aino@example.org")
    page(admin_client, "registration", desk.pk, registration.pk)
    entries = list(ModelLogEntry.objects.order_by("pk"))
    assert [entry.action for entry in entries] == ["registrations.list", "registrations.see"]
    assert "aino" not in "".join(f"{entry.label}{entry.data}{entry.comment}" for entry in entries).lower()


def test_messages_show_why_they_failed_and_are_sent_again(admin_client, desk, make_registration):
    registration = make_registration(desk)
    message = Message.objects.create(
        desk=desk,
        registration=registration,
        kind="confirmed",
        recipient=registration.email,
        language="fi",
        state="failed",
        failure="550 No such user",
        subject="Paikkasi on varattu",
        attempts=5,
    )
    assert "Paikkasi on varattu" in page(admin_client, "messages").content.decode()
    assert "550 No such user" in page(admin_client, "message", message.pk).content.decode()
    resend = reverse("verkosto_registrations_admin:message_resend", args=[message.pk])
    assert admin_client.get(resend).status_code == 405
    admin_client.post(resend)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.failure) == ("queued", 0, "")


def test_a_note_is_kept_with_its_author(admin_client, admin, desk, make_registration):
    registration = make_registration(desk)
    admin_client.post(
        reverse("verkosto_registrations_admin:note", args=[desk.pk, registration.pk]), {"text": "Soitti."}
    )
    note = registration.notes.get()
    assert (note.text, note.author) == ("Soitti.", admin)
    assert "Soitti." in page(admin_client, "registration", desk.pk, registration.pk).content.decode()


HOSTILE = "</script><script>alert(1)</script>"


def test_hostile_names_are_escaped(admin_client, make_desk, make_registration):
    desk = make_desk(HOSTILE)
    registration = make_registration(desk, name=HOSTILE, organisation=HOSTILE)
    for response in (
        page(admin_client, "desks"),
        page(admin_client, "registrations", desk.pk, columns="organisation"),
        page(admin_client, "registration", desk.pk, registration.pk),
    ):
        assert "<script>alert(1)" not in response.content.decode()


@pytest.mark.parametrize(
    "query", ["p=99999999999", "ordering=bad", "columns=x&columns=y", "status=x", "created_at_from=x"]
)
def test_bad_queries_are_no_errors(admin_client, desk, make_registration, query):
    make_registration(desk)
    for name in ("registrations", "registrations_results"):
        assert (
            admin_client.get(reverse(f"verkosto_registrations_admin:{name}", args=[desk.pk]) + "?" + query).status_code
            == 200
        )


def queries(client, capture, url):
    client.get(url)  # content types and sites are cached from now on
    with capture() as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.fixture
def capture():
    return lambda: CaptureQueriesContext(connection)


def test_desk_list_has_a_constant_number_of_queries(admin_client, capture, make_desk, make_registration):
    url = reverse("verkosto_registrations_admin:desks")
    make_registration(make_desk("1"))
    one = queries(admin_client, capture, url)
    for number in range(29):
        make_registration(make_desk(str(number)), status="waiting")
    # The admin's menu asks too, for each installed app: the bound is loose, the equality is not.
    assert one == queries(admin_client, capture, url) <= 14


def test_registration_list_has_a_constant_number_of_queries(admin_client, capture, desk, make_question):
    question = make_question(desk, "Työpaja", "choice", ["A"])
    url = (
        reverse("verkosto_registrations_admin:registrations", args=[desk.pk])
        + f"?columns=q_{question.key}&columns=status"
    )

    def add(number):
        Registration.objects.bulk_create(
            Registration(desk=desk, name=str(n), email=f"{n}-{number}@example.org", language="fi", status="declined")
            for n in range(number)
        )

    add(10)
    few = queries(admin_client, capture, url)
    add(990)
    assert few == queries(admin_client, capture, url) <= 20


def test_dashboard_shows_the_coming_events_and_what_needs_somebody(client, make_staff, make_desk, make_registration):
    coming = make_desk("Verkostopäivä", capacity=4)
    awaiting = make_registration(coming, status="awaiting_approval")
    past = timezone.now() - timedelta(days=3)
    make_desk("Ohi", starts_at=past, ends_at=past + timedelta(hours=1))
    make_desk("Peruttu", status="cancelled")
    Message.objects.create(
        desk=coming, registration=awaiting, kind="received", recipient="a@example.org", state="failed"
    )
    client.force_login(make_staff(Page.objects.get(depth=1), "see"))
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    panel = html.split('id="registrations-upcoming-section"')[1].split("</section>")[0]
    assert "Verkostopäivä" in panel
    assert "Ohi" not in panel
    assert "Peruttu" not in panel
    assert (
        f"{reverse('verkosto_registrations_admin:registrations', args=[coming.pk])}?status=awaiting_approval" in panel
    )
    assert f"{reverse('verkosto_registrations_admin:messages')}?state=failed" in panel


@pytest.mark.parametrize("number", [1, 6])
def test_dashboard_asks_as_much_for_many_events(admin, rf, make_desk, number, django_assert_num_queries):
    for _each in range(number):
        make_desk()
    request = rf.get("/")
    request.user = admin
    with django_assert_num_queries(3):
        UpcomingEventsPanel().render_html({"request": request})


def test_dashboard_says_nothing_of_registrations_to_others(client, make_staff, make_page, make_desk):
    make_desk("Verkostopäivä")
    client.force_login(make_staff(make_page("Muu"), "export"))
    assert "registrations-upcoming" not in client.get(reverse("wagtailadmin_home")).content.decode()
