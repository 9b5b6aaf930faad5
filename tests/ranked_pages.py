"""Pages that a search for one word ranks, whatever the engine."""

from datetime import UTC, datetime

from wagtail.models import Page

from tests.factories import EventIndexPageFactory, EventPageFactory, StandardPageFactory


def make_pages_in_order(home: Page) -> list[str]:
    """Make pages with the word “satakieli”. Return their titles as they are to be found in September 2026.

    Upcoming events come first, and titles before texts.
    """
    index = EventIndexPageFactory(parent=home)
    for title, summary, year in (
        ("Satakieli mennyt", "Teksti.", 2025),
        ("Satakieli tuleva", "Teksti.", 2027),
        ("Satakieli pian", "Teksti.", 2026),
        ("Toinen", "Satakieli tekstissä.", 2026),
    ):
        day = datetime(year, 10, 1, 10, tzinfo=UTC)
        EventPageFactory(parent=index, title=title, summary=summary, starts_at=day, ends_at=day)
    StandardPageFactory(parent=home, title="Satakieli sivu", summary="Teksti.")
    return ["Satakieli pian", "Satakieli tuleva", "Satakieli sivu", "Toinen", "Satakieli mennyt"]
