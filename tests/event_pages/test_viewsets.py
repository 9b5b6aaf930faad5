"""What editors see: every page type opens, every list opens, and a typed time is that of the event's zone."""

import re
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from event_pages.models import EventPage
from home.models import HomePage
from tests.factories import (
    EventIndexPageFactory,
    EventPageFactory,
    EventSeriesPageFactory,
    NetworkIndexPageFactory,
    NetworkPageFactory,
    ProgrammePageFactory,
    ProgrammeRoundPageFactory,
    SmallGroupPageFactory,
    fill_event,
    in_language,
)
from tests.recordings import recorded
from verkosto.registrations.models import Desk, Pool


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(User.objects.create_superuser("editor", "editor@example.fi", "x"))
    return client


@pytest.fixture
@recorded
def pages(homes: dict[str, HomePage]) -> list[Page]:
    calendar = EventIndexPageFactory(parent=homes["fi"])
    series = EventSeriesPageFactory(parent=calendar)
    networks = NetworkIndexPageFactory(parent=homes["fi"])
    network = NetworkPageFactory(parent=networks)
    programme = ProgrammePageFactory(parent=homes["fi"])
    return [
        calendar,
        series,
        fill_event(EventPageFactory(parent=series), 2),
        networks,
        network,
        SmallGroupPageFactory(parent=network),
        programme,
        ProgrammeRoundPageFactory(parent=programme),
    ]


def test_every_page_type_opens_in_its_editor(editor: Client, pages: list[Page]) -> None:
    for page in pages:
        answer = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        title = BeautifulSoup(answer.content, "html.parser").select_one("#id_title")
        assert (type(page), answer.status_code, title and title.get("value")) == (type(page), 200, page.title)


def test_lists_tell_date_status_and_registrations(editor: Client, pages: list[Page]) -> None:
    event = next(page for page in pages if page.content_type.model == "eventpage")
    desk = Desk.objects.create(translation_key=event.translation_key, original_language="fi")
    Pool.objects.update_or_create(desk=desk, kind="desk", key="", defaults={"capacity": 50, "taken": 12})

    events = editor.get(reverse("events:index")).content.decode()

    assert "12 / 50" in events
    assert "16 September 2126" in events.replace("\u00a0", " ") or "16.9.2126" in events
    assert editor.get(reverse("networks:index")).status_code == 200
    for above, shown in ((event.get_parent(), "12 / 50"), (event.get_parent().get_parent(), "")):
        explored = editor.get(reverse("wagtailadmin_explore", args=[above.pk]))
        assert explored.status_code == 200
        assert shown in explored.content.decode()


def test_publishing_in_the_editor_reads_times_in_the_zone_of_the_event(editor: Client, pages: list[Page]) -> None:
    event = next(page for page in pages if page.content_type.model == "eventpage")
    form = event.get_edit_handler().get_form_class()(instance=event, for_user=User.objects.get())
    data = posted(form) | {
        "timezone": "Europe/Stockholm",
        "starts_at": "2126-09-16 9:30",
        "ends_at": "2126-09-16 12:30",
        "action-publish": "1",
    }

    editor.post(reverse("wagtailadmin_pages:edit", args=[event.pk]), data)

    event.refresh_from_db()
    assert (event.timezone, event.starts_at) == ("Europe/Stockholm", datetime(2126, 9, 16, 7, 30, tzinfo=UTC))
    assert event.sort_start == event.starts_at


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_year_out_of_our_time_is_a_slip(year: str, editor: Client, pages: list[Page]) -> None:
    event = next(page for page in pages if page.content_type.model == "eventpage")
    form = event.get_edit_handler().get_form_class()(instance=event, for_user=User.objects.get())
    slips = dict.fromkeys(("starts_at", "notice_from", "registration_opens_at"), f"{year}-01-01 00:00")

    answer = editor.post(reverse("wagtailadmin_pages:edit", args=[event.pk]), posted(form) | slips)

    assert answer.content.decode().count("Anna vuosi väliltä 1900–2999.") >= len(slips)


def posted(form: object) -> dict[str, object]:
    """What a browser sends of a form as it was shown."""
    data: dict[str, object] = {}
    for bound in form:  # type: ignore[attr-defined]
        field = bound.field
        if hasattr(bound.value(), "stream_block"):
            data[f"{bound.html_name}-count"] = "0"
        elif bound.name != "comments":
            value = (
                field.widget.format_value(bound.value()) if hasattr(field.widget, "format_value") else bound.value()
            )
            if value not in (None, "", False):
                data[bound.html_name] = value
    for formset in form.formsets.values():  # type: ignore[attr-defined]
        prefix = formset.prefix
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    return data


def test_list_of_events_shows_each_once_the_next_first(editor: Client, homes: dict[str, HomePage]) -> None:
    """Finding: each event stood there three times, a row a language, and those without a date first."""
    calendar = EventIndexPageFactory(parent=homes["fi"])
    in_language(calendar, "sv")
    undated = {"date_precision": "unannounced", "starts_at": None, "ends_at": None}
    held = datetime(2020, 2, 3, 7, tzinfo=UTC)
    EventPageFactory(parent=calendar, title="Avoin", **undated)
    EventPageFactory(parent=calendar, title="Mennyt", starts_at=held, ends_at=None)
    EventPageFactory(parent=calendar, title="Kaukana", starts_at=datetime(2127, 2, 3, 7, tzinfo=UTC), ends_at=None)
    next_event = EventPageFactory(parent=calendar, title="Seuraava")
    in_language(next_event, "sv", title="Nästa")

    html = editor.get(reverse("events:index")).content.decode()

    titles = re.findall(r"Seuraava|Kaukana|Avoin|Mennyt", html)
    assert list(dict.fromkeys(titles)) == ["Seuraava", "Kaukana", "Avoin", "Mennyt"]
    assert [event.pk for event in EventPage.objects.originals().filter(title="Seuraava")] == [next_event.pk]
    assert not EventPage.objects.originals().filter(title="Nästa").exists()


def rows(html: str) -> list[int]:
    """Return the keys of the pages that a list shows, in order."""
    return list(dict.fromkeys(int(key) for key in re.findall(r"/admin/pages/(\d+)/edit/", html)))


def test_lists_are_filtered_by_the_language_that_their_filter_offers(
    editor: Client, homes: dict[str, HomePage]
) -> None:
    """Finding: the filter by language offered keys of rows, and each choice was answered with 404."""
    calendar = EventIndexPageFactory(parent=homes["fi"])
    networks = NetworkIndexPageFactory(parent=homes["fi"])
    for index in (calendar, networks):
        in_language(index, "sv")
    event, network = EventPageFactory(parent=calendar), NetworkPageFactory(parent=networks)
    versions = {
        "events": {"fi": event.pk, "sv": in_language(event, "sv").pk},
        "networks": {"fi": network.pk, "sv": in_language(network, "sv").pk},
    }

    for name, keys in versions.items():
        html = editor.get(reverse(f"{name}:index")).content.decode()
        offered = re.findall(r'name="locale" value="(\w*)"', html)
        assert {*keys} < {*offered}
        for code, key in keys.items():
            for view in ("index", "index_results"):
                shown = editor.get(reverse(f"{name}:{view}"), {"locale": code})
                assert (shown.status_code, rows(shown.content.decode())) == (200, [key])


@pytest.mark.parametrize("kind", ["", "meeting"])
def test_events_are_found_by_a_word_of_their_title(editor: Client, pages: list[Page], kind: str) -> None:
    """Fuzz: a search in the list of events was an error."""
    EventPageFactory(parent=pages[0], title="Satakieli", kind="meeting")
    answer = editor.get(reverse("events:index_results"), {"q": "satakieli", "kind": kind})
    assert [page.title for page in answer.context["object_list"]] == ["Satakieli"]
