"""Places of a server as venues."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import ModelLogEntry

from home.models import HomePage
from tests.factories import VenueFactory
from tests.verkosto.linked_events.conftest import Server
from verkosto.directory.models import Venue
from verkosto.linked_events.models import ImportedPlace
from verkosto.linked_events.places.remote import place_of, places_of

PLACE: dict[str, Any] = {
    "id": "tprek:7254",
    "name": {"fi": "Oodi", "sv": "Ode"},
    "street_address": {"fi": "Töölönlahdenkatu 4", "sv": "Tölöviksgatan 4"},
    "address_locality": {"fi": "Helsinki", "sv": "Helsingfors"},
    "postal_code": "00100",
    "address_country": "FI",
    "info_url": {"fi": "https://oodi.example.fi/", "sv": "javascript:alert(1)"},
    "deleted": False,
}


def venues() -> list[tuple[str, ...]]:
    rows = Venue.objects.order_by("locale__language_code", "pk")
    return list(rows.values_list("locale__language_code", "name", "street_address", "postal_code", "city", "map_url"))


def run(*options: str) -> str:
    out = StringIO()
    call_command("import_places", "oodi", *options, stdout=out)
    return out.getvalue()


def test_place_becomes_a_venue_once(server: Server, homes: dict[str, HomePage]) -> None:
    server.places = {PLACE["id"]: PLACE}
    assert run("--dry-run") == "new: Oodi (tprek:7254)\nnew: 1\n"
    assert venues() == []
    assert run() == "new: Oodi (tprek:7254)\nnew: 1\n"
    expected = [
        ("fi", "Oodi", "Töölönlahdenkatu 4", "00100", "Helsinki", "https://oodi.example.fi/"),
        ("sv", "Ode", "Tölöviksgatan 4", "00100", "Helsingfors", ""),
    ]
    assert venues() == expected
    (key,) = set(Venue.objects.values_list("translation_key", flat=True))
    assert list(ImportedPlace.objects.values_list("place_id", "venue_key")) == [("tprek:7254", key)]
    assert ModelLogEntry.objects.filter(action="wagtail.create").count() == 2
    assert run() == "unchanged: Oodi (tprek:7254)\nunchanged: 1\n"

    server.places = {PLACE["id"]: {**PLACE, "postal_code": "00101", "name": {"fi": "Oodi", "en": "Oodi Library"}}}
    assert run() == "changed: Oodi (tprek:7254)\nchanged: 1\n"
    assert [row[:4:3] for row in venues()] == [("en", "00101"), ("fi", "00101"), ("sv", "00101")]
    assert run() == "unchanged: Oodi (tprek:7254)\nunchanged: 1\n"

    Venue.objects.all().delete()
    assert run() == "new: Oodi (tprek:7254)\nnew: 1\n"
    assert (Venue.objects.count(), ImportedPlace.objects.count()) == (2, 1)
    path, query = server.requests[0][1].split("?")
    assert (path, query) == ("/v1/place/", "text=oodi&show_all_places=true&page_size=100&page=1")


def test_venue_of_the_same_name_and_street_is_linked_and_kept(server: Server, homes: dict[str, HomePage]) -> None:
    venue = VenueFactory(name="Oodi", street_address="Töölönlahdenkatu 4", city="Hki")
    VenueFactory(name="Oodi", street_address="Muu katu 1")
    server.places = {PLACE["id"]: PLACE}
    assert run() == "same_name: Oodi (tprek:7254)\nsame_name: 1\n"
    assert ImportedPlace.objects.get().venue_key == venue.translation_key
    assert [row[4] for row in venues()] == ["Hki", "Helsinki"]
    assert run() == "unchanged: Oodi (tprek:7254)\nunchanged: 1\n"


@pytest.mark.parametrize(
    "document",
    [{}, {"id": 1}, {"id": "x" * 101, "name": "a"}, {"id": "a:1", "name": None}, {**PLACE, "deleted": True}],
)
def test_what_is_no_place_is_left_out(document: dict[str, Any]) -> None:
    assert place_of(document) is None


def test_texts_are_cleaned_and_fit_the_venue() -> None:
    odd = {"id": "a:1", "name": {"fi": "A\n\u202eB" + "x" * 500}, "address_country": "Finland", "street_address": 7}
    (place,) = places_of([odd, odd])
    text = place.texts["fi"]
    assert (text.name, text.street_address, text.country) == (("A B" + "x" * 500)[:150], "", "FI")


def test_server_that_does_not_answer_is_named(server: Server, settings: Any, db: None) -> None:
    server.answers = [(500, None)]
    with pytest.raises(CommandError, match="The answer was 500"):
        run()
    server.answers = [(200, {"data": 1})]
    with pytest.raises(CommandError, match="not a list of places"):
        run()
    settings.VERKOSTO_LINKED_EVENTS_PRIVATE_NETWORKS = False
    with pytest.raises(CommandError, match="not public"):
        run()
    settings.VERKOSTO_LINKED_EVENTS_URL = ""
    with pytest.raises(CommandError, match="VERKOSTO_LINKED_EVENTS_URL"):
        run()
