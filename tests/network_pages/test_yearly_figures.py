"""A network's year in figures: right numbers, no person, each network by right, at a constant cost."""

from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from network_pages.models import Membership
from network_pages.yearly_figures import YearlyFigures
from tests.factories import EventPageFactory, SmallGroupPageFactory
from tests.factories.locales import in_language
from tests.factories.registrations import desk_of, event_with_desk, publish, register
from tests.network_pages.conftest import make_member, make_members
from verkosto.core.spreadsheets import read_spreadsheet
from verkosto.registrations.models import Registration


@cache
def last_year():
    """The year before this one, the same in the whole run."""
    return timezone.localdate().year - 1


def moment(month, day, hour=9):
    return datetime(last_year(), month, day, hour, tzinfo=UTC)


def past_event(network, title, month, *, attended=(), absent=(), **fields):
    """An event of last year, with people from “Vero” who came and others who did not."""
    later = timezone.now() + timedelta(days=30)
    event = event_with_desk(index=network, title=title, starts_at=later)
    for name in (*attended, *absent):
        register(desk_of(event), f"{name}@example.fi")
    Registration.objects.filter(email__in=[f"{name}@example.fi" for name in attended]).update(
        attendance="attended", organisation="Vero", organisation_key="vero"
    )
    event.starts_at, event.ends_at = moment(month, 10), moment(month, 10, 11)
    for name, value in fields.items():
        setattr(event, name, value)
    return publish(event)


@pytest.fixture
def year(homes, network, other_network):
    """Last year: three events held, one of them without a registration, and one cancelled; members who came and left."""
    in_language(network.get_parent().specific, "sv")
    swedish = in_language(network, "sv", title="Ledarnätverket")
    held = past_event(network, "Kevättapaaminen", 3, attended=("a", "b"), absent=("c",))
    in_language(held, "sv", title="Vårträff")
    past_event(network, "Syystapaaminen", 10, attended=("d",))
    past_event(network, "Peruttu", 11, absent=("e",), status="cancelled")
    EventPageFactory(parent=swedish, title="Höstkaffe", starts_at=moment(9, 1), ends_at=moment(9, 1, 10))
    EventPageFactory(parent=network, title="Edellinen vuosi", starts_at=moment(1, 1).replace(year=last_year() - 1))
    EventPageFactory(parent=other_network, title="Toisen verkoston", starts_at=moment(5, 5))
    before, during = f"{last_year() - 1}-02-01", f"{last_year()}-02-01"
    make_member(network, "old@example.fi", starts_on=before, organisation="Vero")
    make_member(network, "new@example.fi", starts_on=during, organisation="Kela")
    make_member(network, "ended@example.fi", starts_on=before, ends_on=f"{last_year()}-06-30")
    make_member(network, "left@example.fi", starts_on=before, left_at=moment(8, 1))
    make_member(network, "since@example.fi", starts_on=before, left_at=timezone.now(), organisation="Vero")
    make_member(network, "later@example.fi", starts_on=f"{last_year() + 1}-01-01")
    group = SmallGroupPageFactory(parent=network, status="active", founded=last_year())
    SmallGroupPageFactory(parent=network, status="ended")
    make_member(group, "new@example.fi", starts_on=during)
    return network


def test_the_figures_of_a_year(year):
    assert [number for _label, number in YearlyFigures(year, last_year()).rows] == [3, 1, 2, 2, 1, 1, 3, 1, 5, 3, 1]
    assert [number for _label, number in YearlyFigures(year, last_year() - 1).rows] == [
        4,
        4,
        0,
        1,
        0,
        0,
        1,
        0,
        0,
        0,
        0,
    ]
    assert [
        (row.title, row.day.month, row.registered, row.attended) for row in YearlyFigures(year, last_year()).events
    ] == [
        ("Kevättapaaminen", 3, 3, 2),
        ("Syystapaaminen", 10, 1, 1),
        ("Peruttu", 11, 1, 0),
    ]


def test_staff_see_and_download_the_figures_of_their_networks_alone(client, make_staff, year, other_network):
    url = reverse("members:figures")
    client.force_login(make_staff(year, "see"))
    form = client.get(url).context["form"]
    assert [key for key, _title in form.fields["page"].choices] == [year.translation_key]
    query = {"page": year.translation_key, "year": last_year()}
    html = client.get(url, query).content.decode()
    assert ("Kevättapaaminen" in html, "@example.fi" in html) == (True, False)
    assert "figures" not in client.get(url, {**query, "page": other_network.translation_key}).context
    rows = read_spreadsheet(b"".join(client.get(url, {**query, "format": "xlsx"}).streaming_content))
    assert rows[0][1:] == [str(last_year() - 1), str(last_year())]
    assert [str(row[2]) for row in rows[1:12]] == ["3", "1", "2", "2", "1", "1", "3", "1", "5", "3", "1"]
    assert [row[0] for row in rows[-3:]] == ["Kevättapaaminen", "Syystapaaminen", "Peruttu"]
    assert ModelLogEntry.objects.filter(action="network_pages.export_figures").get().data == {"year": last_year()}


def test_the_figures_cost_the_same_at_a_few_and_at_a_thousand_members(
    admin_client, year, django_assert_max_num_queries, django_assert_num_queries
):
    url = f"{reverse('members:figures')}?page={year.translation_key}&year={last_year()}"
    admin_client.get(url)
    with django_assert_max_num_queries(50) as few:
        admin_client.get(url)
    number = len(few)
    make_members(year, 1000)
    for each in range(5):
        past_event(year, f"E{each}", 4, attended=(f"x{each}",))
    admin_client.get(url)
    with django_assert_num_queries(number):
        admin_client.get(url)
    assert Membership.objects.count() > 1000
