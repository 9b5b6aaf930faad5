from datetime import date

from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.utils.translation import override

from event_pages.agenda import AgendaDay, AgendaEntry, AgendaSlot, group_by_day
from event_pages.models import AgendaItem


def alone(item: AgendaItem) -> AgendaSlot:
    return AgendaSlot([AgendaEntry(item)])


def test_agenda_is_grouped_by_days() -> None:
    first, second = date(2126, 5, 5), date(2126, 5, 6)
    items = [AgendaItem(title=str(number), day=day) for number, day in enumerate((first, None, second, None))]

    assert group_by_day(items) == [
        AgendaDay(first, [alone(items[0]), alone(items[1])]),
        AgendaDay(second, [alone(items[2]), alone(items[3])]),
    ]


def test_items_at_the_same_time_and_parts_stand_with_the_item_above() -> None:
    """Finding: sub-items with speakers of their own and parallel tracks could not be said."""
    placements = ("own", "part", "parallel", "part", "part", "own")
    items = [AgendaItem(title=str(number), placement=placement) for number, placement in enumerate(placements)]

    (day,) = group_by_day(items)

    assert day.slots == [
        AgendaSlot([AgendaEntry(items[0], [items[1]]), AgendaEntry(items[2], [items[3], items[4]])]),
        alone(items[5]),
    ]
    assert [(slot.first.title, slot.is_parallel) for slot in day.slots] == [("0", True), ("5", False)]


def test_first_item_of_a_day_stands_on_its_own() -> None:
    items = [AgendaItem(title="A", placement="part", day=date(2126, 5, day)) for day in (5, 6)]

    assert [day.slots for day in group_by_day(items)] == [[alone(items[0])], [alone(items[1])]]


def test_programme_shows_tracks_next_to_each_other_and_which_are_full() -> None:
    items = [
        AgendaItem(title="A", room="Sali 1", option="Paja A"),
        AgendaItem(title="A1", placement="part"),
        AgendaItem(title="B", placement="parallel", option=" paja  B"),
    ]
    with override("fi"):
        context = {"days": group_by_day(items), "full_options": frozenset({"paja b"})}
        html = render_to_string("verkosto_events/components/agenda.html", context)

    tracks = BeautifulSoup(html, "html.parser").select(".agenda__parallel .agenda__tracks > li")
    titles = [[heading.get_text() for heading in track.select("h3, h4")] for track in tracks]
    assert titles == [["A", "A1"], ["B"]]
    assert [room.get_text(" ", strip=True) for track in tracks for room in track.select(".agenda__room")] == [
        "Sali 1",
        "Täynnä",
    ]
