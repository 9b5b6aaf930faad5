from datetime import UTC, datetime
from typing import Any

from event_pages.online_meetings.jitsi import Jitsi, own_providers
from event_pages.online_meetings.providers import MadeMeeting, Meeting

MEETING = Meeting(
    key="0d8f", title="Webinaari", starts_at=datetime(2126, 5, 4, 9, tzinfo=UTC), ends_at=None, timezone="UTC"
)


def test_room_is_the_same_for_an_event_and_cannot_be_guessed(settings: Any) -> None:
    settings.SECRET_KEY = "one"
    made = Jitsi("https://meet.example.fi/sub").make(MEETING)
    assert made.url == f"https://meet.example.fi/sub/{made.reference}"
    assert len(made.reference) == 32
    assert int(made.reference, 16)
    assert Jitsi("https://meet.example.fi/sub/").make(MEETING) == made
    settings.SECRET_KEY = "two"
    assert Jitsi("https://meet.example.fi/sub").make(MEETING).reference != made.reference


def test_nothing_is_sent_to_the_server() -> None:
    made, jitsi = MadeMeeting("https://meet.example.fi/a", "a"), Jitsi("https://meet.example.fi")
    assert jitsi.move(MEETING, made) == made
    jitsi.withdraw(made)


def test_provider_is_there_if_the_setting_names_a_server(settings: Any) -> None:
    settings.VERKOSTO_JITSI_URL = ""
    assert own_providers() == []
    settings.VERKOSTO_JITSI_URL = "https://meet.example.fi"
    assert [provider.name for provider in own_providers()] == ["jitsi"]
