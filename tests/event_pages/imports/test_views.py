"""The import of events in the admin: who may, what the preview says, and what is made."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageLogEntry

from cms.groups import allow_pages, group_with_admin
from event_pages.models import EventIndexPage, EventPage
from tests.event_pages.imports.conftest import TABLE
from tests.factories import EventSeriesPageFactory, VenueFactory

URL = "/admin/event-import/"


def preview(client: Client, index: EventIndexPage, table: str = TABLE) -> Any:
    file = SimpleUploadedFile("events.csv", table.encode("utf-8-sig"))
    return client.post(URL, {"parent": str(index.pk), "file": file, "preview": "1"})


def confirm(client: Client, index: EventIndexPage, *keys: str, table: str = TABLE) -> Any:
    return client.post(URL, {"parent": str(index.pk), "text": table, "import": "1", "rows": keys})


def table_of(answer: Any) -> list[tuple[int, str, bool, str, list[tuple[str, str, str]]]]:
    """The rows of the preview: number, state, ticked, reason, changes."""
    return [
        (
            row.source.number,
            row.state.value,
            row.is_chosen,
            row.reason,
            [(change.label, change.before, change.after) for change in row.changes],
        )
        for row in answer.context["planned"]
    ]


def test_preview_shows_rows_in_words_and_makes_nothing(index: EventIndexPage, admin_client: Client) -> None:
    VenueFactory(name="Säätytalo", locale=index.locale)

    answer = preview(admin_client, index)

    assert table_of(answer) == [
        (2, "new", True, "", []),
        (3, "new", True, "", []),
        (4, "unreadable", False, "Alkamisaika puuttuu.", []),
    ]
    assert [row.date_text.replace("\u00a0", " ") for row in answer.context["planned"]] == [
        "ti 20.5.2127 klo 8.30–10.00",
        "ke–to 21.–22.5.2127",
        "",
    ]
    assert [row.source.notes for row in answer.context["planned"]] == [
        (),
        ("Paikkaa ”Kirjasto” ei ole hakemistossa. Se näytetään tilan nimenä.",),
        (),
    ]
    assert answer.context["counts"] == [("Uusi", 2), ("Ei voi tuoda", 1)]
    # The text of the file is kept for the import.
    assert answer.context["form"]["text"].value().replace("\r\n", "\n") == TABLE
    assert not EventPage.objects.exists()


def test_chosen_rows_become_drafts_once(index: EventIndexPage, admin_client: Client) -> None:
    venue = VenueFactory(name="Säätytalo", locale=index.locale)

    answer = confirm(admin_client, index, "csv:1", "csv:2", "csv:3")

    assert answer["Location"] == reverse("wagtailadmin_explore", args=[index.pk])
    drafts = EventPage.objects.child_of(index).order_by("sort_start")
    for versions in (drafts, [draft.get_latest_revision_as_object() for draft in drafts]):
        assert [
            (event.title, event.slug, event.live, event.summary, list(event.body.raw_data), event.venue, event.room)
            for event in versions
        ] == [
            (
                *("Aamukahvit", "aamukahvit", False, "Lyhyesti."),
                event_body("<p>Kuvaus.</p>", versions[0]),
                venue,
                "",
            ),
            ("Kurssi", "kurssi", False, "Lyhyesti.", [], None, "Sali 2, Kirjasto"),
        ]
    assert drafts[0].starts_at == datetime(2127, 5, 20, 5, 30, tzinfo=UTC)
    assert (
        list(PageLogEntry.objects.filter(page__in=drafts).values_list("action", "user__username"))
        == [("wagtail.create", "admin")] * 2
    )
    # The same file again: nothing to do, whatever is chosen.
    assert [row[1] for row in table_of(preview(admin_client, index))] == ["unchanged", "unchanged", "unreadable"]
    before = list(EventPage.objects.values_list("pk", "latest_revision_id"))
    confirm(admin_client, index, "csv:1", "csv:2")
    assert list(EventPage.objects.values_list("pk", "latest_revision_id")) == before


def event_body(text: str, event: EventPage) -> list[dict[str, Any]]:
    """The stored body of an event with one text; the id of the block is its own."""
    return [{"type": "rich_text", "value": {"text": text}, "id": event.body.raw_data[0]["id"]}]


def test_a_changed_file_changes_the_draft_where_it_differs(index: EventIndexPage, admin_client: Client) -> None:
    confirm(admin_client, index, "csv:1", "csv:2")
    first, second = EventPage.objects.child_of(index).order_by("sort_start")
    edit(first, subtitle="Toimittajan alaotsikko")
    edit(second, room="Toimittajan tila")
    changed = TABLE.replace("8.30;10.00", "9.00;10.00").replace("Sali 2", "Sali 3").replace("Lyhyesti.", "Toisin.")

    rows = table_of(preview(admin_client, index, changed))

    date = ("Päivämäärä", "ti 20.5.2127 klo 8.30–10.00", "ti 20.5.2127 klo 9.00–10.00")
    summary = ("Tiivistelmä", "Lyhyesti.", "Toisin.")
    assert [(*row[:4], [tuple(text.replace("\u00a0", " ") for text in each) for each in row[4]]) for row in rows] == [
        (2, "changed", True, "", [date, summary]),
        (3, "edited", False, "", [("Tila", "Toimittajan tila", "Sali 3, Kirjasto"), summary]),
        (4, "unreadable", False, "Alkamisaika puuttuu.", []),
    ]
    # Only what is ticked is changed; the editor's own work stays.
    confirm(admin_client, index, "csv:1", table=changed)
    assert texts(first, second) == [
        ("Toimittajan alaotsikko", "Toisin.", datetime(2127, 5, 20, 6, tzinfo=UTC), "Säätytalo"),
        ("", "Lyhyesti.", None, "Toimittajan tila"),
    ]
    assert [row[1] for row in table_of(preview(admin_client, index, changed))][:2] == ["unchanged", "edited"]
    confirm(admin_client, index, "csv:2", table=changed)
    assert texts(second) == [("", "Toisin.", None, "Sali 3, Kirjasto")]
    assert [row[1] for row in table_of(preview(admin_client, index, changed))][:2] == ["unchanged", "unchanged"]


def edit(event: EventPage, **values: Any) -> None:
    draft = event.get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save_revision()


def texts(*events: EventPage) -> list[tuple[str, str, datetime | None, str]]:
    drafts = [EventPage.objects.get(pk=event.pk).get_latest_revision_as_object() for event in events]
    return [(draft.subtitle, draft.summary, draft.starts_at, draft.room) for draft in drafts]


def test_what_an_editor_changed_stays_while_the_file_is_the_same(index: EventIndexPage, admin_client: Client) -> None:
    confirm(admin_client, index, "csv:1")
    edit(EventPage.objects.get(), title="Toimittajan otsikko")
    assert [row[1] for row in table_of(preview(admin_client, index))][:1] == ["unchanged"]


def test_locked_events_and_twice_the_same_id_are_named(index: EventIndexPage, admin_client: Client) -> None:
    confirm(admin_client, index, "csv:1")
    EventPage.objects.update(locked=True)
    rows = TABLE.replace("Aamukahvit", "Iltakahvit").replace("2;Kurssi", "1;Kurssi")
    assert [row[3] for row in table_of(preview(admin_client, index, rows))] == [
        "Tapahtuma on lukittu.",
        "Se on tiedostossa kahdesti: katso rivi 2.",
        "Alkamisaika puuttuu.",
    ]


def test_preview_of_many_changed_events_takes_no_more_queries(index: EventIndexPage, admin_client: Client) -> None:
    def rows(number: int, title: str) -> str:
        return "id;title;start\n" + "".join(f"{each};{title};2127-05-20 8:30\n" for each in range(number))

    confirm(admin_client, index, *(f"csv:{each}" for each in range(30)), table=rows(30, "A"))
    counts = []
    for number in (1, 30):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = preview(admin_client, index, rows(number, "B"))
        assert [row[1] for row in table_of(answer)] == ["changed"] * number
        counts.append(len(queries))
    assert counts == [14, 14]


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (b"", "Valitse tiedosto."),
        (b"PK\x03\x04", "Tämä on laskentataulukko. Tallenna se CSV-muodossa ja valitse se tiedosto."),
        (b"a" * (1024 * 1024 + 1), "Tiedosto on liian suuri: enintään yksi megatavu."),
        (
            b"title\nA\n",
            "Tiedostossa ei ole saraketta ”Alkaa”. Ensimmäisen rivin on nimettävä sarakkeet kuten mallissa.",
        ),
    ],
)
def test_files_that_cannot_be_read(index: EventIndexPage, admin_client: Client, file: bytes, message: str) -> None:
    sent: dict[str, Any] = {"parent": str(index.pk)}
    if file:
        sent["file"] = SimpleUploadedFile("events.csv", file)
    answer = admin_client.post(URL, sent)
    assert (answer.status_code, answer.context["form"].errors) == (422, {"file": [message]})


def test_only_pages_below_which_the_user_may_add_are_offered(index: EventIndexPage, client: Client) -> None:
    own = EventSeriesPageFactory(parent=index, title="Oma sarja")
    other = EventSeriesPageFactory(parent=index, title="Muu sarja")
    group = group_with_admin("series")
    allow_pages(group, own, "add")
    user = User.objects.create_user("editor", "editor@example.fi", "x")
    user.groups.add(group)
    client.force_login(user)

    answer = client.get(f"{URL}?parent={own.pk}")
    assert answer.context["form"].fields["parent"].choices == [("suomi", [(own.pk, "Oma sarja")])]
    assert (
        client.get(reverse("verkosto_events_import:template")).content.decode("utf-8-sig").startswith("Tunnus;Otsikko")
    )
    assert preview(client, own).status_code == 200
    assert preview(client, other).context["form"].errors.keys() == {"parent"}
    assert preview(client, index).context["form"].errors.keys() == {"parent"}

    group.page_permissions.all().delete()
    assert [client.get(address).status_code for address in (URL, f"{URL}template/")] == [302, 302]


def test_lists_of_events_lead_to_the_import(index: EventIndexPage, admin_client: Client) -> None:
    assert f'href="{URL}"' in admin_client.get(reverse("events:index")).content.decode()
    explored = admin_client.get(reverse("wagtailadmin_explore", args=[index.pk])).content.decode()
    assert f'href="{URL}?parent={index.pk}"' in explored
