"""A check-in code that a phone's camera opens: where it leads whom, and that it never gives more than they have."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page

from verkosto.registrations.domain.check_in_links import coming_days, make_link, withdraw_link
from verkosto.registrations.mail.check_in_codes import code_of, url_of
from verkosto.registrations.models import CheckInLink

pytestmark = pytest.mark.django_db


@pytest.fixture
def make_today(make_desk):
    """make_today(title): a desk of an event that is held now."""

    def make(title="Tapahtuma"):
        now = timezone.now()
        return make_desk(title, starts_at=now - timedelta(minutes=1), ends_at=now + timedelta(minutes=1))

    return make


@pytest.fixture
def desk(make_today):
    return make_today()


@pytest.fixture
def aino(desk, make_registration):
    return make_registration(desk, name="Aino Virtanen")


def opened(client, desk, language="fi"):
    """Make a check-in link and open its list in a language. Return the link, and the path of its list."""
    new = make_link(desk=desk, day=coming_days(desk)[0], name="Ovi", user=None)
    with override(language):
        client.post(
            client.get(reverse("verkosto_registrations:check_in_enter", args=[new.token])).url, {"code": new.code}
        )
        path = reverse("verkosto_registrations:check_in", args=[new.link.pk])
    assert client.get(path).status_code == 200
    return new.link, path


def scan(client, person):
    """Open the code of a person as a phone does, and return the answer."""
    return client.get(urlsplit(url_of(person)).path)


def admin_page(person):
    return reverse("verkosto_registrations_admin:check_in_code", args=[code_of(person)])


def leads_to_staff(answer, person):
    return answer.status_code == 302 and urlsplit(answer.url).path == admin_page(person)


def test_in_an_open_check_in_the_code_leads_to_the_persons_row(client, desk, aino, make_registration):
    make_registration(desk, name="Björn Ek")
    _link, path = opened(client, desk)
    answer = scan(client, aino)
    assert answer.url == f"{path}?q={aino.reference}#{aino.reference}"
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store, private", "same-origin")
    html = client.get(answer.url).content.decode()
    assert [text in html for text in ("Aino Virtanen", f'id="{aino.reference}"', "Björn Ek")] == [True, True, False]


def test_a_guests_code_leads_to_the_guests_row(client, desk, make_registration):
    host = make_registration(desk, name="Aino", places=3, guests=["Eero Elo", "Elli Elo"])
    eero = host.guests.get(name="Eero Elo")
    _link, path = opened(client, desk)
    answer = scan(client, eero)
    assert answer.url == f"{path}?q={eero.reference}#{eero.reference}"
    assert f'<li id="{eero.reference}"' in client.get(answer.url).content.decode()


def test_the_list_stays_in_the_language_in_which_it_is_open(client, desk, aino):
    with override("sv"):
        url = url_of(aino)
    assert urlsplit(url).path == urlsplit(url_of(aino)).path
    _link, path = opened(client, desk, language="sv")
    assert path.startswith("/sv/")
    assert client.get(urlsplit(url).path).url.startswith(f"{path}?")


def test_without_an_open_check_in_it_leads_to_the_page_for_staff(client, desk, aino, make_staff):
    answer = scan(client, aino)
    assert leads_to_staff(answer, aino)
    assert "/admin/login/" in client.get(urlsplit(answer.url).path).url
    client.force_login(make_staff(Page.objects.get(depth=1), "see", "change", "check_in"))
    assert leads_to_staff(scan(client, aino), aino)
    assert "Aino Virtanen" in client.get(admin_page(aino)).content.decode()


def test_people_of_another_event_are_not_shown_and_the_list_says_so(client, desk, make_today, make_registration):
    stranger = make_registration(make_today("Toinen"), name="Vieras Henkilö")
    _link, path = opened(client, desk)
    answer = scan(client, stranger)
    assert answer.url.startswith(f"{path}?q={stranger.reference}")
    page = client.get(answer.url)
    assert (page.context["rows"], "Vieras Henkilö" in page.content.decode()) == ([], False)


def test_of_two_open_check_ins_the_code_leads_to_that_of_its_event(client, desk, aino, make_today):
    _link, path = opened(client, desk)
    opened(client, make_today("Toinen"))
    assert scan(client, aino).url.startswith(f"{path}?")


def test_staff_with_a_check_in_of_another_event_open_come_to_their_own_page(client, aino, make_today, make_staff):
    opened(client, make_today("Toinen"))
    client.force_login(make_staff(Page.objects.get(depth=1), "see", "change", "check_in"))
    assert leads_to_staff(scan(client, aino), aino)


@pytest.mark.parametrize("ended", ["withdrawn", "over", "moved", "closed"])
def test_a_check_in_that_is_no_longer_open_leads_nowhere(client, desk, aino, ended):
    link, path = opened(client, desk)
    if ended == "withdrawn":
        withdraw_link(link=link)
    elif ended == "over":
        CheckInLink.objects.update(valid_from=timezone.now() - timedelta(days=3), valid_until=timezone.now())
    elif ended == "moved":
        day = timedelta(days=3)
        type(desk).objects.update(starts_at=desk.starts_at + day, ends_at=desk.ends_at + day)
    else:
        client.post(f"{path}leave/")
    assert leads_to_staff(scan(client, aino), aino)


def test_a_forged_cookie_leads_nowhere(client, desk, aino):
    link, _path = opened(client, desk)
    name = f"scanned-codes-{link.pk}"
    kept = client.cookies[name].value
    for forged in ("fi", "", kept.replace("fi", "sv", 1), "x" * 4000):
        client.cookies[name] = forged
        assert leads_to_staff(scan(client, aino), aino)
    other = make_link(desk=desk, day=coming_days(desk)[0], name="Toinen ovi", user=None)
    client.cookies.clear()
    client.cookies[f"scanned-codes-{other.link.pk}"] = kept
    client.cookies["scanned-codes-x"] = kept
    assert leads_to_staff(scan(client, aino), aino)


def test_a_code_that_this_site_has_not_signed_is_not_found(client, desk, aino):
    opened(client, desk)
    base = urlsplit(url_of(aino)).path.rstrip("/").rpartition("/")[0]
    for code in ("ABC", "ABC:def", aino.reference, f"{code_of(aino)}x"):
        answer = client.get(f"{base}/{code}/")
        assert (answer.status_code, desk.title in answer.content.decode()) == (404, False)


def test_scanning_records_nothing(client, desk, aino):
    opened(client, desk)
    before = CheckInLink.objects.values().get()
    client.get(scan(client, aino).url)
    assert client.post(urlsplit(url_of(aino)).path).status_code == 405
    aino.refresh_from_db()
    assert (aino.attendance, aino.changes.count(), CheckInLink.objects.values().get()) == ("", 0, before)
