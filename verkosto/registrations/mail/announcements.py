"""Announcements: the description of what has changed about an event, and the mails to those who are registered for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from verkosto.core.formats import format_date_time, with_time_zone
from verkosto.registrations.enums import EventStatus
from verkosto.registrations.facts import StoredVersion
from verkosto.registrations.mail import outbox
from verkosto.registrations.models import AnnouncementChoice, Desk, Registration
from verkosto.registrations.models.querysets import RegistrationQuerySet


class EventTexts(NamedTuple):
    """The texts of an event, in one language, whose changes are announced."""

    when: str = ""
    where: str = ""
    # The editor's note about the status.
    note: str = ""


class Meeting(NamedTuple):
    """The keys of a calendar entry whose changes are announced: a meeting of a series, in one language."""

    title: object
    starts_at: object
    ends_at: object
    where: object
    cancelled: object
    postponed: object
    timezone: object

    def has_changed(self, after: "Meeting") -> bool:
        """Return whether a meeting has changed in more than its title."""
        return self._replace(title="") != after._replace(title="")


@dataclass(frozen=True)
class AnnouncedFacts:
    """The facts of an event that registrants are notified of when they change."""

    status: str
    starts_at: datetime | None
    ends_at: datetime | None
    # By language.
    texts: dict[str, EventTexts]
    # The meetings of a series: {language: {uid: meeting}}.
    meetings: dict[str, dict[str, Meeting]] = field(default_factory=dict)
    # The joining instructions, once people with a place may read them; "" before.
    joining: str = ""


def announced_facts(desk: Desk) -> AnnouncedFacts:
    """Return the desk's facts as they are now."""
    texts = {
        language: EventTexts(version.get("when", ""), version.get("where", ""), version.get("status_note", ""))
        for language, version in desk.versions.items()
    }
    meetings = {language: _meetings_in(version, desk) for language, version in desk.versions.items()}
    since = desk.joining_visible_from
    joining = desk.version(desk.original_language).get("joining", "")
    if since is not None and since > timezone.now():
        joining = ""
    return AnnouncedFacts(desk.status, desk.starts_at, desk.ends_at, texts, meetings, joining)


def _meetings_in(version: StoredVersion, desk: Desk) -> dict[str, Meeting]:
    """Return the meetings in a language by UID. The entry of the event itself, which repeats the texts, is left out."""
    entries = [entry for entry in version.get("entries", []) if desk.is_meeting(entry)]
    return {entry["uid"]: Meeting(*(entry.get(name) for name in Meeting._fields)) for entry in entries}


def kind_of_change(before: AnnouncedFacts, after: AnnouncedFacts, language: str) -> str:
    """Return the name of the kind of mail that announces a change; "" for none.

    ``language`` is the original's: if only a translation's texts differ, the event has not changed.
    """
    if after.status == EventStatus.CANCELLED:
        return "" if before.status == EventStatus.CANCELLED else "event_cancelled"
    moved = (before.starts_at, before.ends_at, before.texts.get(language)) != (
        after.starts_at,
        after.ends_at,
        after.texts.get(language),
    )
    other_meetings = _changed_meetings(before, after, language) or _added_meetings(before, after, language)
    if after.status == before.status and not moved and not other_meetings:
        new_link = after.joining and after.joining != before.joining
        return "joining" if new_link and after.status != EventStatus.POSTPONED else ""
    if after.status in (EventStatus.POSTPONED, EventStatus.MOVED_ONLINE) and (before.status != after.status or moved):
        return f"event_{after.status}"
    return "event_changed"


def describe_change(before: AnnouncedFacts, after: AnnouncedFacts, language: str) -> str:
    """Return what changed, in a language: the editor's note, and the old and new time and place."""
    old = before.texts.get(language, EventTexts())
    new = after.texts.get(language, EventTexts())
    lines = [new.note] if new.note else []
    with translation.override(language):
        if old.when and old.when != new.when:
            lines.append(_("Time: %(new)s (earlier %(old)s)") % {"new": new.when or "–", "old": old.when})
        if old.where and old.where != new.where:
            lines.append(_("Place: %(new)s (earlier %(old)s)") % {"new": new.where or "–", "old": old.where})
        for old_meeting, new_meeting in _changed_meetings(before, after, language):
            lines.append(_describe_meeting(old_meeting, new_meeting))
        for meeting in _added_meetings(before, after, language):
            lines.append(_("New meeting: %(meeting)s") % {"meeting": _describe_date(meeting)})
    return "\n".join(lines)


def _changed_meetings(before: AnnouncedFacts, after: AnnouncedFacts, language: str) -> list[tuple[Meeting, Meeting]]:
    """Return the changed meetings of a series as (before, after)."""
    old, new = before.meetings.get(language, {}), after.meetings.get(language, {})
    return [(old[uid], new[uid]) for uid in old if uid in new and old[uid].has_changed(new[uid])]


def _added_meetings(before: AnnouncedFacts, after: AnnouncedFacts, language: str) -> list[Meeting]:
    """Return the meetings that a series has got since, without those that are not held or are over."""
    old = before.meetings.get(language)
    new = after.meetings.get(language, {})
    if old is None:
        return []
    now = timezone.now()
    return [
        meeting
        for uid, meeting in new.items()
        if uid not in old and not meeting.cancelled and datetime.fromisoformat(str(meeting.starts_at)) > now
    ]


def _describe_meeting(before: Meeting, after: Meeting) -> str:
    """Return one line about a changed meeting. The place is left out if neither start nor place has changed."""
    if after.cancelled and after.postponed:
        return _("%(title)s: postponed until further notice") % {"title": after.title}
    if after.cancelled:
        return _("%(title)s: cancelled") % {"title": after.title}
    same_start_and_place = (after.starts_at, after.where) == (before.starts_at, before.where)
    return _describe_date(after._replace(where="") if same_start_and_place else after)


def _describe_date(meeting: Meeting) -> str:
    """Return the title, start and place of a meeting on one line."""
    zone = str(meeting.timezone)
    when = with_time_zone(format_date_time(datetime.fromisoformat(str(meeting.starts_at)), zone), zone)
    return f"{meeting.title}: {when}, {meeting.where}" if meeting.where else f"{meeting.title}: {when}"


def recipients(desk: Desk, kind: str) -> RegistrationQuerySet:
    """Return the registrations to notify: those with a place; of a cancellation or postponement, all active ones."""
    registrations = Registration.objects.filter(desk=desk)
    if kind in ("event_cancelled", "event_postponed"):
        return registrations.active()
    return registrations.confirmed()


def with_own_line(change: str, lines: Mapping[str, str], language: str) -> str:
    """Return the description of a change, followed by the editor's own line in the language, if there is one."""
    return "\n".join(filter(None, [change, lines.get(language, "")]))


def notify_registrants(desk: Desk, before: AnnouncedFacts, choice: AnnouncementChoice | None = None) -> int:
    """Write the mails that announce a change, unless the event is over or an editor chose to notify no one.

    ``before`` are the facts before the change. Return how many mails.
    """
    after = announced_facts(desk)
    kind = kind_of_change(before, after, desk.original_language)
    is_over = desk.ends_at is not None and desk.ends_at < timezone.now()
    if not kind or is_over or (choice and choice.is_silent):
        return 0
    lines = choice.lines if choice else {}
    changes: dict[str, str] = {}

    def context(registration: Registration) -> dict[str, object]:
        language = registration.language if registration.language in desk.versions else desk.original_language
        if language not in changes:
            changes[language] = with_own_line(describe_change(before, after, language), lines, language)
        return {"change": changes[language]}

    return outbox.write_many(kind, recipients(desk, kind), context=context)
