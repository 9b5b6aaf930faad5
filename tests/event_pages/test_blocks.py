import pytest

from event_pages.blocks import EventListBlock
from event_pages.models import EventIndexPage
from home.models import HomePage
from tests.factories import (
    EventIndexPageFactory,
    EventPageFactory,
    EventSeriesPageFactory,
    in_language,
)
from tests.recordings import recorded


@pytest.fixture
@recorded
def calendar(homes: dict[str, HomePage]) -> EventIndexPage:
    return EventIndexPageFactory(parent=homes["fi"], slug="tapahtumat")


def test_event_list_block_gathers_in_the_language_of_its_page(
    calendar: EventIndexPage, homes: dict[str, HomePage]
) -> None:
    series = EventSeriesPageFactory(parent=calendar, slug="kausi")
    event = EventPageFactory(parent=series, title="Aamukahvit", slug="a")
    EventPageFactory(parent=calendar, title="muu", slug="b")
    in_language(calendar, "sv", slug="evenemang")
    in_language(series, "sv", slug="sasong")
    in_language(event, "sv", title="Morgonkaffe", slug="c")
    block = EventListBlock()
    value = block.to_python({"source": series.pk, "time": "upcoming", "count": 5})

    shown = {
        code: [event.title for event in block.get_context(value, {"page": homes[code]})["events"]]
        for code in ("fi", "sv", "en")
    }
    assert shown == {"fi": ["Aamukahvit"], "sv": ["Morgonkaffe"], "en": []}
