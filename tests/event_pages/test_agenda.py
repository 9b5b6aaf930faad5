from datetime import date

from event_pages.agenda import AgendaDay, group_by_day
from event_pages.models import AgendaItem


def test_agenda_is_grouped_by_days() -> None:
    first, second = date(2126, 5, 5), date(2126, 5, 6)
    items = [AgendaItem(title=str(number), day=day) for number, day in enumerate((first, None, second, None))]

    assert group_by_day(items) == [AgendaDay(first, items[:2]), AgendaDay(second, items[2:])]
