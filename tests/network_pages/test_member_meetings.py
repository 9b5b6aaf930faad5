"""What members see of their network's meetings: places, joining links, the calendar file, materials."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from network_pages.member_links import issue_token
from network_pages.models import Membership
from tests.factories import EventPageFactory, EventSeriesPageFactory
from tests.factories.directory import PrivacyNoticeFactory
from tests.factories.registrations import desk_of, event_with_desk, publish, register
from tests.factories.seasons import meeting_of, season
from tests.network_pages.conftest import make_member, make_members
from verkosto.registrations.domain.participations import change_participation

ONLINE = {"attendance": "online", "joining_url": "https://meet.example.fi/abc"}


@pytest.fixture
def opened(client, member, network):
    publish(network)
    client.get(f"/fi/memberships/open/{issue_token(member)}/")
    return client


def page(member, name=""):
    return f"/fi/memberships/{member.pk}/{name}"


@pytest.fixture
def private_collection():
    collection = Collection.get_first_root_node().add_child(name="Jäsenille")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    return collection


def make_document(title, collection=None):
    fields = {"collection": collection} if collection else {}
    return get_document_model().objects.create(title=title, file=ContentFile(title.encode(), f"{title}.txt"), **fields)


def past_meeting(network, *documents, **fields):
    start = timezone.now() - timedelta(days=10)
    materials = [("document", document) for document in documents]
    return EventPageFactory(parent=network, starts_at=start, ends_at=start, materials=materials, **fields)


def test_the_calendar_file_holds_the_joining_link_only_of_meetings_where_the_member_has_a_place(
    opened, member, network
):
    desk = desk_of(event_with_desk(index=network, title="Syystapaaminen", **ONLINE))
    event_with_desk(
        index=network, title="Talvitapaaminen", attendance="online", joining_url="https://meet.example.fi/xyz"
    )

    def seen():
        answer = opened.get(page(member, "meetings.ics"))
        assert answer["Cache-Control"] == "no-store, private"
        text = answer.content.decode()
        return [
            word in text
            for word in ("Syystapaaminen", "Talvitapaaminen", "meet.example.fi/abc", "meet.example.fi/xyz")
        ]

    assert seen() == [True, True, False, False]
    register(desk, "aino@example.fi")
    assert seen() == [True, True, True, False]
    assert "Sinulla on paikka" in opened.get(page(member)).content.decode()
    assert Client().get(page(member, "meetings.ics")).status_code == 404


def test_a_private_document_of_a_meeting_opens_for_current_members_of_that_network_alone(
    opened, member, network, other_network, private_collection
):
    mine, public = make_document("Muistio", private_collection), make_document("Esite")
    other = make_document("Salainen", private_collection)
    elsewhere = make_document("Liite", private_collection)
    past_meeting(network, mine, public, title="Kevättapaaminen", recording_url="https://video.example.fi/1")
    past_meeting(other_network, other)
    html = opened.get(page(member)).content.decode()
    link = page(member, f"documents/{mine.pk}/")
    assert [link in html, public.url in html, mine.url in html, "https://video.example.fi/1" in html] == [
        True,
        True,
        False,
        True,
    ]
    answer = opened.get(link)
    assert (b"".join(answer.streaming_content), answer["Content-Disposition"], answer["Cache-Control"]) == (
        b"Muistio",
        f'attachment; filename="{mine.filename}"',
        "no-store, private",
    )
    refused = [
        opened.get(page(member, f"documents/{document.pk}/")).status_code for document in (other, elsewhere, public)
    ]
    assert refused == [404, 404, 404]
    assert Client().get(link).status_code == 404
    stranger = make_member(other_network, "cai@example.fi")
    visitor = Client()
    visitor.get(f"/fi/memberships/open/{issue_token(stranger)}/")
    assert visitor.get(page(stranger, f"documents/{mine.pk}/")).status_code == 404
    Membership.objects.filter(pk=member.pk).update(left_at=timezone.now())
    assert opened.get(link).status_code == 404
    assert opened.get(page(member, "meetings.ics")).status_code == 404
    assert "Muistio" not in opened.get(page(member)).content.decode()


def test_no_calendar_is_offered_where_no_meeting_has_a_day(opened, member, network):
    EventPageFactory(parent=network, date_precision="unannounced", starts_at=None)
    html = opened.get(page(member)).content.decode()
    assert [name in html for name in ("Seuraavat tapaamiset", "meetings.ics")] == [True, False]
    assert opened.get(page(member, "meetings.ics")).status_code == 404
    event_with_desk(index=network, title="Syystapaaminen")
    assert "meetings.ics" in opened.get(page(member)).content.decode()


def test_a_place_in_a_season_is_a_place_at_its_meetings(opened, member, network):
    season = publish(
        EventSeriesPageFactory(
            parent=network,
            title="Kausi",
            registration_enabled=True,
            registration_scope="whole",
            privacy_notice=PrivacyNoticeFactory(),
        )
    )
    EventPageFactory(parent=season, title="Kauden tapaaminen")
    assert "Sinulla on paikka" not in opened.get(page(member)).content.decode()
    register(desk_of(season), "aino@example.fi")
    assert "Sinulla on paikka" in opened.get(page(member)).content.decode()


def test_a_declined_meeting_of_a_season_is_no_place_and_not_in_the_calendar(opened, member, network):
    series = season(2, index=network)
    registration = register(desk_of(series), "aino@example.fi")

    def seen():
        html = opened.get(page(member)).content.decode()
        calendar = opened.get(page(member, "meetings.ics")).content.decode()
        shown = [html.count(text) for text in ("Sinulla on paikka", "Olet perunut osallistumisesi tähän tapaamiseen")]
        return [*shown, *(title in calendar for title in ("Tapaaminen 1", "Tapaaminen 2"))]

    assert seen() == [2, 0, True, True]
    change_participation(registration=registration, meeting=meeting_of(series, 1).calendar_uid, comes=False)
    assert seen() == [1, 1, False, True]


def test_the_page_costs_the_same_at_one_and_at_a_thousand_members_and_lists_a_hundred(
    opened, member, network, private_collection, django_assert_num_queries, django_assert_max_num_queries
):
    make_member(network, "first@example.fi", "A", is_listed=True)
    event_with_desk(index=network)
    past_meeting(network, make_document("Muistio", private_collection))
    opened.get(page(member))
    with django_assert_max_num_queries(40) as one:
        opened.get(page(member))
    queries = len(one)
    make_members(network, 999, is_listed=True)
    for number in range(7):
        event_with_desk(index=network, title=f"E{number}")
        past_meeting(network, make_document(f"Muistio {number}", private_collection))
    opened.get(page(member))
    with django_assert_num_queries(queries):
        html = opened.get(page(member)).content.decode()
    assert (html.count("mailto:m"), 'href="?page=10"' in html) == (99, True)
    with django_assert_num_queries(queries):
        assert "mailto:m998@" in opened.get(page(member) + "?page=10").content.decode()
