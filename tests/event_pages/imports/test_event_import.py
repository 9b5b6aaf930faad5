"""The use case of the import: whole or not at all, and once."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from event_pages.imports.event_import import ImportResult, import_events
from event_pages.imports.file_reader import read_events
from event_pages.models import EventIndexPage, EventPage, ImportedEvent
from tests.event_pages.imports.conftest import TABLE


def test_all_events_are_imported_or_none(index: EventIndexPage, admin_user: User, monkeypatch: Any) -> None:
    events = read_events(TABLE)
    own = EventPage.save_revision

    def killed(event: EventPage, **kwargs: Any) -> Any:
        if event.title == "Kurssi":
            raise KeyboardInterrupt
        return own(event, **kwargs)

    monkeypatch.setattr(EventPage, "save_revision", killed)
    with pytest.raises(KeyboardInterrupt):
        import_events(events, parent=index, user=admin_user, chosen={"csv:1", "csv:2"})
    assert (EventPage.objects.count(), ImportedEvent.objects.count()) == (0, 0)
    monkeypatch.undo()
    index.refresh_from_db()
    for result in (ImportResult(2, 0), ImportResult(0, 0)):
        assert import_events(events, parent=index, user=admin_user, chosen={"csv:1", "csv:2"}) == result
