"""The guests in exports: a group of columns for each, read in portions."""

import json

import pytest

from tests.factories.registrations import desk_of, event_with_desk, register
from verkosto.registrations.domain.guests import GuestData
from verkosto.registrations.exports.json import stream_json
from verkosto.registrations.exports.rows import Export

pytestmark = pytest.mark.django_db
EINO = GuestData(name="Eino Elo", email="eino@example.fi", organisation="Virasto")


@pytest.fixture
def desk():
    return desk_of(event_with_desk(places_per_registration=3))


def export_of(desk, portion):
    return Export(desk=desk, registrations=desk.registrations.all(), language="en", portion=portion)


@pytest.mark.parametrize("portion", [1, 2, 100])
def test_each_guest_has_a_group_of_columns(desk, portion):
    register(desk, "a@example.fi", places=3, guests=[EINO, "Elli Elo"])
    register(desk, "b@example.fi")
    group = register(desk, "c@example.fi", places=2, guests=["Bo Berg"])
    group.guests.update(attendance="attended")
    export = export_of(desk, portion)
    parts = ("", ": email", ": organisation", ": attendance")
    assert export.header[-8:] == [f"Guest {n}{part}" for n in (1, 2) for part in parts]
    assert [row[-8:] for row in export.rows()] == [
        ["Eino Elo", "eino@example.fi", "Virasto", None, "Elli Elo", None, None, None],
        [None] * 8,
        ["Bo Berg", None, None, "Attended", None, None, None, None],
    ]
    names = [
        [guest["name"] for guest in row["guests"]]
        for row in json.loads(b"".join(stream_json(export_of(desk, portion))))["registrations"]
    ]
    assert names == [["Eino Elo", "Elli Elo"], [], ["Bo Berg"]]


def test_where_nobody_brings_guests_there_are_no_columns(desk):
    register(desk, "a@example.fi")
    assert not [title for title in export_of(desk, 10).header if title.startswith("Guest")]
