"""A provider that notes what it is asked, and events that want meetings of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from event_pages.online_meetings import providers
from event_pages.online_meetings.providers import MadeMeeting, Meeting, MeetingProvider


@dataclass
class FakeProvider(MeetingProvider):
    """Does what it is asked, or fails with the errors that it was given, in their order."""

    name: str = "fake"
    label: str = "Fake meetings"
    calls: list[tuple[str, str]] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)

    def make(self, meeting: Meeting) -> MadeMeeting:
        self._note("make", f"{meeting.title} {meeting.starts_at:%d.%m. %H.%M}")
        return MadeMeeting(f"https://{self.name}.example.fi/{meeting.key}", f"ref-{self.name}")

    def move(self, meeting: Meeting, made: MadeMeeting) -> MadeMeeting:
        self._note("move", f"{meeting.title} {meeting.starts_at:%d.%m. %H.%M}")
        return made

    def withdraw(self, made: MadeMeeting) -> None:
        self._note("withdraw", made.reference)

    def _note(self, call: str, what: str) -> None:
        self.calls.append((call, what))
        if self.errors:
            raise self.errors.pop(0)

    def take(self) -> list[tuple[str, str]]:
        """Return the calls since the last time."""
        calls, self.calls = self.calls, []
        return calls


@pytest.fixture
def fake(monkeypatch: Any) -> Iterator[FakeProvider]:
    provider = FakeProvider()
    own = providers.meeting_providers
    own.cache_clear()
    monkeypatch.setattr(providers.hooks, "get_hooks", lambda name: [lambda: [provider, FakeProvider(name="other")]])
    own()  # kept while the test runs
    monkeypatch.undo()
    yield provider
    own.cache_clear()
