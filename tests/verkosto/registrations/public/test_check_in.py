"""The check-in behind a link and a code: what it shows, to whom, and when it no longer does."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page

from tests.factories.registrations import desk_of, register
from tests.factories.seasons import meeting_of, season
from verkosto.registrations.domain.check_in_links import coming_days, make_link, withdraw_link
from verkosto.registrations.mail.check_in_codes import url_of
from verkosto.registrations.models import CheckInLink, StatusChange

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(make_desk):
    now = timezone.now()
    return make_desk(starts_at=now - timedelta(minutes=1), ends_at=now + timedelta(minutes=1))


@pytest.fixture
def new(desk):
    return make_link(desk=desk, day=coming_days(desk)[0], name="Pääovi", user=None)


@pytest.fixture
def url(new):
    return reverse("verkosto_registrations:check_in", args=[new.link.pk])


def follow(client, new):
    """Open a link and enter its code. Return the answer to the code."""
    answer = client.get(reverse("verkosto_registrations:check_in_enter", args=[new.token]))
    return client.post(answer.url, {"code": new.code})


def mark(client, url, person, attendance="attended", **headers):
    return client.post(url, {"reference": person.reference, "attendance": attendance}, **headers)


def attendance(person):
    person.refresh_from_db()
    return person.attendance


def text_of(answer):
    return answer.content.decode()


def test_the_link_asks_for_the_code_and_the_code_opens_the_people(client, new, url, desk, make_registration):
    make_registration(desk, name="Aino Virtanen", organisation="Esimerkki ry", email="aino@example.fi")
    entered = client.get(reverse("verkosto_registrations:check_in_enter", args=[new.token]))
    assert entered.url == f"{url}code/"
    question = client.get(entered.url)
    assert ("Aino" in text_of(question), new.token in text_of(question)) == (False, False)
    assert client.get(url).status_code == 403
    assert follow(client, new).url == url
    page = client.get(url)
    html = text_of(page)
    assert [each in html for each in ("Aino Virtanen", "Esimerkki ry", "Pääovi")] == [True] * 3
    assert [each in html for each in ("aino@example.fi", "/admin/", "csrfmiddlewaretoken", new.token)] == [False] * 4
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("no-store, private", "noindex, nofollow")
    assert "csrftoken" not in client.cookies


def test_check_in_and_undo_are_in_the_history_with_the_link_s_name(
    client, admin_client, new, url, desk, make_registration
):
    person = make_registration(desk, name="Aino")
    follow(client, new)
    shown = client.get(mark(client, url, person).url)
    assert (attendance(person), shown.context["arrived"], shown.context["all"]) == ("attended", 1, 1)
    assert "Kirjattu saapuneeksi: Aino." in text_of(shown)
    mark(client, url, person, "")
    assert attendance(person) == ""
    steps = StatusChange.objects.filter(registration=person).order_by("pk")
    assert [(step.event, step.actor, step.user, step.check_in_link) for step in steps] == [
        ("attended", "staff", None, "Pääovi"),
        ("attendance_cleared", "staff", None, "Pääovi"),
    ]
    history = admin_client.get(reverse("verkosto_registrations_admin:registration", args=[desk.pk, person.pk]))
    assert text_of(history).count("Pääovi") == 2
    entries = ModelLogEntry.objects.filter(action="registrations.check_in")
    assert [entry.data["link"] for entry in entries] == ["Pääovi", "Pääovi"]
    new.link.refresh_from_db()
    assert new.link.last_used_at


def test_a_code_reader_finds_the_person(client, new, url, desk, make_registration):
    wanted = make_registration(desk, name="Aino")
    make_registration(desk, name="Björn")
    follow(client, new)
    html = text_of(client.get(url, {"q": f"{url_of(wanted)}\n"}))
    assert ("Aino" in html, "Björn" in html) == (True, False)


def test_a_wrong_code_says_so_and_opens_nothing(client, new, url):
    entered = client.get(reverse("verkosto_registrations:check_in_enter", args=[new.token]))
    wrong = "000000" if new.code != "000000" else "111111"
    answers = [client.post(entered.url, {"code": code}) for code in (wrong, "", "x" * 500)]
    assert [answer.status_code for answer in answers] == [422] * 3
    assert "Koodi on väärä" in text_of(answers[0])
    assert client.get(url).status_code == 403


def test_wrong_codes_are_limited_and_right_ones_are_not(client, new):
    for _n in range(8):
        client.cookies.clear()
        assert follow(client, new).status_code == 302
    client.cookies.clear()
    entered = client.get(reverse("verkosto_registrations:check_in_enter", args=[new.token]))
    wrong = "000000" if new.code != "000000" else "111111"
    statuses = [client.post(entered.url, {"code": wrong}).status_code for _n in range(6)]
    assert statuses == [422] * 5 + [429]
    limited = client.post(entered.url, {"code": new.code})
    assert (limited.status_code, limited["Retry-After"]) == (429, "900")


def test_a_withdrawn_link_shows_nothing_where_it_was_open(client, new, url, desk, make_registration):
    person = make_registration(desk, name="Aino")
    follow(client, new)
    withdraw_link(link=new.link)
    answers = [client.get(url), mark(client, url, person), client.get(f"{url}code/")]
    assert [(answer.status_code, "Aino" in text_of(answer)) for answer in answers] == [(403, False)] * 3
    assert attendance(person) == ""


@pytest.mark.parametrize("change", ["over", "not_yet", "moved", "cancelled"])
def test_a_link_opens_on_its_day_alone(client, new, url, desk, change):
    follow(client, new)
    day = timedelta(days=3)
    if change == "over":
        CheckInLink.objects.update(valid_from=timezone.now() - day, valid_until=timezone.now())
    elif change == "not_yet":
        CheckInLink.objects.update(valid_from=timezone.now() + day / 3, valid_until=timezone.now() + day)
    elif change == "moved":
        type(desk).objects.update(starts_at=desk.starts_at + day, ends_at=desk.ends_at + day)
    else:
        type(desk).objects.update(status="cancelled")
    enter = reverse("verkosto_registrations:check_in_enter", args=[new.token])
    assert [client.get(path).status_code for path in (url, enter)] == [403, 403]


def test_it_reaches_nobody_of_another_event_and_no_other_link(client, new, url, make_desk, make_registration):
    now = timezone.now()
    elsewhere = make_desk("Toinen", starts_at=now, ends_at=now + timedelta(minutes=1))
    stranger = make_registration(elsewhere, name="Vieras")
    other = make_link(desk=elsewhere, day=coming_days(elsewhere)[0], name="Ovi", user=None)
    follow(client, new)
    assert mark(client, url, stranger).status_code == 404
    assert attendance(stranger) == ""
    assert client.get(url, {"q": "Vieras"}).context["rows"] == []
    other_url = reverse("verkosto_registrations:check_in", args=[other.link.pk])
    client.cookies[f"check-in-{other.link.pk}-fi"] = client.cookies[f"check-in-{new.link.pk}-fi"].value
    assert client.get(other_url).status_code == 403


def test_a_link_of_a_meeting_records_that_meeting(client):
    series = season(capacity=5)
    desk = desk_of(series)
    person = register(desk, "aino@example.fi")
    second = meeting_of(series, 2).calendar_uid
    day = next(each for each in coming_days(desk) if each.uid == second)
    new = make_link(desk=desk, day=day, name="Ovi", user=None)
    CheckInLink.objects.update(valid_from=timezone.now() - timedelta(hours=1))
    assert follow(client, new).status_code == 302
    url = reverse("verkosto_registrations:check_in", args=[new.link.pk])
    first = meeting_of(series, 1).calendar_uid
    client.post(url, {"reference": person.reference, "attendance": "attended", "meeting": first})
    came = dict(person.participations.values_list("meeting", "status"))
    assert (came[first], came[second]) == ("coming", "attended")


def test_the_script_gets_json_and_keeps_what_was_not_accepted(client, new, url, desk, make_registration):
    person, waiting = make_registration(desk), make_registration(desk, status="waiting")
    json = {"headers": {"accept": "application/json"}}
    assert mark(client, url, person, **json).status_code == 403
    follow(client, new)
    assert mark(client, url, person, **json).json() == {"attendance": "attended", "arrived": 1, "all": 1}
    assert "error" in mark(client, url, waiting, **json).json()


def test_a_get_changes_nothing_and_other_sites_cannot_post(client, new, url, desk, make_registration):
    person = make_registration(desk)
    follow(client, new)
    before = CheckInLink.objects.values().get()
    client.get(url, {"reference": person.reference, "attendance": "attended"})
    client.get(reverse("verkosto_registrations:check_in_enter", args=[new.token]))
    foreign = mark(client, url, person, headers={"sec-fetch-site": "cross-site"})
    assert (foreign.status_code, attendance(person)) == (403, "")
    assert CheckInLink.objects.values().get() == before
    assert client.get(f"{url}leave/").status_code == 405


def test_closing_it_on_one_phone_leaves_it_open_on_others(client, new, url):
    follow(client, new)
    kept = client.cookies.copy()
    assert client.post(f"{url}leave/").status_code == 200
    assert client.get(url).status_code == 403
    client.cookies = kept
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("token", ["x", "x" * 3000, "%00"])
def test_an_unknown_link_says_nothing(client, desk, token):
    answer = client.get(f"/fi/registrations/check-in/open/{token}/")
    assert answer.status_code in (400, 403)
    assert desk.title not in text_of(answer)


def test_the_pages_take_a_constant_number_of_queries(client, new, url, desk, make_registration, count_queries):
    make_registration(desk)
    follow(client, new)
    one = count_queries(url)
    for _n in range(10):
        make_registration(desk, guests=["Eero"], places=2)
    assert count_queries(url) == one


def test_the_session_gives_no_right_in_the_admin(client, new, desk):
    follow(client, new)
    assert "/admin/login/" in client.get(reverse("verkosto_registrations_admin:check_in", args=[desk.pk])).url


class TestMaking:
    """The page of staff."""

    @pytest.fixture
    def page(self, desk):
        return reverse("verkosto_registrations_admin:check_in_links", args=[desk.pk])

    def test_link_and_code_are_shown_once_and_work(self, client, admin_client, desk, page):
        day = coming_days(desk)[0]
        made = admin_client.post(page, {"name": "Pääovi", "day": day.value})
        assert "no-store" in made["Cache-Control"]
        path, code = urlsplit(made.context["url"]).path, made.context["code"]
        entered = client.get(path)
        assert client.post(entered.url, {"code": code}).status_code == 302
        client.force_login(User.objects.get())
        listed = text_of(client.get(page))
        assert ("Pääovi" in listed, code in listed, path in listed) == (True, False, False)
        actions = list(ModelLogEntry.objects.values_list("action", flat=True))
        assert {"registrations.make_check_in_link", "registrations.open_check_in"} <= {*actions}

    def test_a_link_needs_a_name_and_one_of_the_days(self, admin_client, page):
        answer = admin_client.post(page, {"name": "", "day": "2001-01-01"})
        assert set(answer.context["form"].errors) == {"name", "day"}
        assert not CheckInLink.objects.exists()

    def test_withdrawing_is_for_those_who_may_change_this_desk(self, client, new, desk, make_staff):
        withdraw = reverse("verkosto_registrations_admin:check_in_link_withdraw", args=[desk.pk, new.link.pk])
        page = reverse("verkosto_registrations_admin:check_in_links", args=[desk.pk])
        client.force_login(make_staff(Page.objects.get(depth=1), "see", "check_in", username="reader"))
        client.post(withdraw)
        client.post(page, {"name": "Ovi", "day": coming_days(desk)[0].value})
        assert [link.withdrawn_at for link in CheckInLink.objects.all()] == [None]
        client.force_login(make_staff(Page.objects.get(depth=1), "see", "change"))
        client.post(withdraw)
        assert CheckInLink.objects.get().withdrawn_at
        assert "Pääovi" in text_of(client.get(page))
