"""Meetings on a server of Jitsi Meet, whose rooms exist as soon as somebody opens their address: nothing is sent to it."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.utils.crypto import salted_hmac

from event_pages.online_meetings.providers import MadeMeeting, Meeting, MeetingProvider

SALT = "event_pages.online_meetings.jitsi"
ROOM_LENGTH = 32  # hexadecimal digits: 128 bits


class Jitsi(MeetingProvider):
    """Names a room for each event: one that nobody can guess, and the same for all languages."""

    name = "jitsi"
    label = "Jitsi Meet"

    def __init__(self, server: str) -> None:
        self.server = server

    def make(self, meeting: Meeting) -> MadeMeeting:
        room = salted_hmac(SALT, meeting.key, algorithm="sha256").hexdigest()[:ROOM_LENGTH]
        return MadeMeeting(urljoin(f"{self.server.rstrip('/')}/", room), room)

    def move(self, meeting: Meeting, made: MadeMeeting) -> MadeMeeting:
        return made

    def withdraw(self, made: MadeMeeting) -> None:
        """Do nothing: the event never gets this room again, and without the link nobody finds it."""


def own_providers() -> list[MeetingProvider]:
    """Return the provider of the server that the setting ``VERKOSTO_JITSI_URL`` names; none without it."""
    server = getattr(settings, "VERKOSTO_JITSI_URL", "")
    return [Jitsi(server)] if server else []
