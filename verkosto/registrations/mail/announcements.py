"""What has changed about an event, and telling everybody with a place."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from verkosto.core.formats import moment_words
from verkosto.registrations.mail import outbox
from verkosto.registrations.models import Desk, Registration

# What of a calendar entry people plan by.
MEETING = ("title", "starts_at", "ends_at", "where", "cancelled")


@dataclass(frozen=True)
class News:
    """What registrants planned by: when, where and whether at all, in each language."""

    status: str
    starts_at: Any
    ends_at: Any
    said: dict[str, tuple[str, str, str]]
    # The meetings of a series: {language: {uid: (title, start, end, where, cancelled)}}.
    meetings: dict[str, dict[str, tuple[Any, ...]]] = field(default_factory=dict)
    # How people with a place join, once they may know.
    joining: str = ""


def news_of(desk: Desk) -> News:
    """The desk's facts that people are told about when they change."""
    said = {
        language: (version.get("when", ""), version.get("where", ""), version.get("status_note", ""))
        for language, version in desk.versions.items()
    }
    # An event's own entry says what is said already.
    meetings = {
        language: {
            entry["uid"]: tuple(entry.get(name) for name in MEETING)
            for entry in version.get("entries", [])
            if not entry["uid"].startswith(str(desk.translation_key))
        }
        for language, version in desk.versions.items()
    }
    since = desk.joining_visible_from
    joining = desk.version(desk.original_language).get("joining", "")
    if since is not None and since > timezone.now():
        joining = ""
    return News(desk.status, desk.starts_at, desk.ends_at, said, meetings, joining)


def kind_of_change(before: News, after: News, language: str) -> str:
    """The mail that a change calls for; "" for none. ``language`` is the original's: words that differ elsewhere are
    no change of the event."""
    if after.status == "cancelled":
        return "" if before.status == "cancelled" else "event_cancelled"
    moved = (before.starts_at, before.ends_at, before.said.get(language)) != (
        after.starts_at,
        after.ends_at,
        after.said.get(language),
    )
    if after.status == before.status and not moved and not _changed_meetings(before, after, language):
        new_link = after.joining and after.joining != before.joining
        return "joining" if new_link and after.status != "postponed" else ""
    if after.status in ("postponed", "moved_online") and (before.status != after.status or moved):
        return f"event_{after.status}"
    return "event_changed"


def change_in_words(before: News, after: News, language: str) -> str:
    """What changed, in a language: the editor's note, and the old and new time and place."""
    old = before.said.get(language, ("", "", ""))
    new = after.said.get(language, ("", "", ""))
    lines = [new[2]] if new[2] else []
    with translation.override(language):
        if old[0] and old[0] != new[0]:
            lines.append(_("Time: %(new)s (earlier %(old)s)") % {"new": new[0] or "–", "old": old[0]})
        if old[1] and old[1] != new[1]:
            lines.append(_("Place: %(new)s (earlier %(old)s)") % {"new": new[1] or "–", "old": old[1]})
        for was, now in _changed_meetings(before, after, language):
            lines.append(_meeting_in_words(was, now))
    return "\n".join(lines)


def _changed_meetings(before: News, after: News, language: str) -> list[tuple[Any, Any]]:
    """Meetings of a series that are held otherwise than before, as (was, is)."""
    old, new = before.meetings.get(language, {}), after.meetings.get(language, {})
    return [(old[uid], new[uid]) for uid in old if uid in new and old[uid][1:] != new[uid][1:]]


def _meeting_in_words(was: tuple[Any, ...], now: tuple[Any, ...]) -> str:
    title, start, _end, where, cancelled = now
    if cancelled:
        return _("%(title)s: cancelled") % {"title": title}
    when = moment_words(datetime.fromisoformat(start))
    if (start, where) == (was[1], was[3]):
        return f"{title}: {when}"
    return f"{title}: {when}, {where}" if where else f"{title}: {when}"


def people_to_tell(desk: Desk, kind: str) -> Any:
    """Everybody with a place; a cancellation and a new date also concern those who still hope for one."""
    registrations = Registration.objects.filter(desk=desk)
    if kind in ("event_cancelled", "event_postponed"):
        return registrations.active()
    return registrations.confirmed()


def tell(desk: Desk, before: News) -> int:
    """Write the mails that a change calls for. Returns how many. Nothing for an event that is over."""
    after = news_of(desk)
    kind = kind_of_change(before, after, desk.original_language)
    over = desk.ends_at is not None and desk.ends_at < timezone.now()
    if not kind or over:
        return 0
    words: dict[str, str] = {}

    def context(registration: Registration) -> dict[str, Any]:
        language = registration.language if registration.language in desk.versions else desk.original_language
        if language not in words:
            words[language] = change_in_words(before, after, language)
        return {"change": words[language]}

    return outbox.write_many(kind, people_to_tell(desk, kind), context=context)
