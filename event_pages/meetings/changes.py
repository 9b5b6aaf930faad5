"""One action for several meetings of a series: publish, postpone or cancel them, with one mail to each person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.actions.publish_page_revision import PublishPageRevisionAction

from event_pages.enums import DatePrecision
from event_pages.models import EventPage
from verkosto.core.copied_dates import shift_dates
from verkosto.core.date_fields import LanguageDateTimeField
from verkosto.core.formats import format_time_zone
from verkosto.core.publishing_rules import reason_not_to_publish
from verkosto.core.transactions import in_transaction
from verkosto.core.users import SignedInUser
from verkosto.core.zones import clock_change
from verkosto.registrations.enums import EventStatus
from verkosto.registrations.mail.announcements import AnnouncedFacts, announced_facts
from verkosto.registrations.mail.joint_announcements import DeskChange, desk_change, notify_jointly
from verkosto.registrations.models import AnnouncementChoice, Desk


class MeetingAction(TextChoices):
    """What is done with the chosen meetings."""

    PUBLISH = "publish", gettext_lazy("Publish them")
    MOVE = "move", gettext_lazy("Postpone them by a number of days")
    POSTPONE = "postpone", gettext_lazy("Postpone them, new date to be confirmed")
    CANCEL = "cancel", gettext_lazy("Cancel them")


@dataclass(frozen=True, kw_only=True)
class MeetingChange:
    """An action with its details. ``days`` is for moving; ``note`` is shown next to the status, "" to leave it."""

    action: str
    days: int = 0
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class PlannedMeeting:
    """A meeting with its draft as it would be published, or the reason why it is left out."""

    stored: EventPage
    draft: EventPage
    #: The date and the status as they are now; a draft without other changes is the stored page itself.
    date_now: str
    status_now: str
    refusal: str = ""
    #: What the editor should know before the change.
    note: str = ""


def plan_change(meetings: Iterable[EventPage], change: MeetingChange, user: SignedInUser) -> list[PlannedMeeting]:
    """Return what a change would make of each meeting. Nothing is saved. The right is asked for each page."""
    return [_plan(meeting, change, user) for meeting in meetings]


def _plan(meeting: EventPage, change: MeetingChange, user: SignedInUser) -> PlannedMeeting:
    draft: EventPage = meeting.get_latest_revision_as_object()
    now = {"date_now": meeting.date_text, "status_now": meeting.status_text}
    has_other_changes = meeting.live and meeting.has_unpublished_changes and change.action != MeetingAction.PUBLISH
    note = _("Its unpublished changes are published too.") if has_other_changes else ""
    refusal = reason_not_to_publish(user, meeting) or _reason_against(meeting, draft, change)
    if not refusal and change.action == MeetingAction.MOVE:
        refusal = _clock_problem(draft, change.days)
    if not refusal:
        _apply(draft, change)
    return PlannedMeeting(stored=meeting, draft=draft, refusal=refusal, note=note, **now)


def _reason_against(meeting: EventPage, draft: EventPage, change: MeetingChange) -> str:
    """Return why a change makes no sense for a meeting; "" if it does."""
    if draft.go_live_at and draft.go_live_at > timezone.now():
        return _("It is to be published at a set time. Change it by itself.")
    if change.action == MeetingAction.PUBLISH:
        return "" if meeting.has_unpublished_changes or not meeting.live else _("It is published already.")
    if not meeting.live:
        return _("It is not published. Publish it first, or delete it.")
    if meeting.is_over_at(timezone.now()):
        return _("It is over.")
    if draft.status == EventStatus.CANCELLED:
        return _("It is cancelled.")
    if change.action == MeetingAction.MOVE and not draft.planned_date.is_dated:
        return _("It has no date to move.")
    return ""


def _apply(draft: EventPage, change: MeetingChange) -> None:
    """Change the draft. A moved meeting takes its deadlines along, except an opening that has passed."""
    if change.action == MeetingAction.PUBLISH:
        return
    draft.postponed_until = None
    if change.action == MeetingAction.MOVE:
        opened_at = draft.registration_opens_at
        shift_dates(draft, change.days)
        if opened_at and opened_at <= timezone.now():
            draft.registration_opens_at = opened_at
        if draft.status != EventStatus.MOVED_ONLINE:
            draft.status = EventStatus.CHANGED
    else:
        is_cancelled = change.action == MeetingAction.CANCEL
        draft.status = EventStatus.CANCELLED if is_cancelled else EventStatus.POSTPONED
    draft.status_note = change.note or draft.status_note


def _clock_problem(draft: EventPage, days: int) -> str:
    """Return why a meeting cannot be moved: its times do not exist on the new day, or occur twice (PEP 495)."""
    if draft.date_precision != DatePrecision.EXACT:
        return ""
    date = draft.planned_date
    for local in (date.local_start, date.local_end):
        moved = local and local.replace(tzinfo=None) + timedelta(days=days)
        if moved and (key := clock_change(moved, draft.timezone)):
            text = str(LanguageDateTimeField.default_error_messages[key])
            return text % {"zone": format_time_zone(draft.timezone)}
    return ""


@in_transaction
def change_meetings(planned: Iterable[PlannedMeeting], *, user: SignedInUser) -> int:
    """Publish the drafts of the meetings that are not refused, and notify each person once. Return how many people."""
    meetings = [each for each in planned if not each.refusal]
    before = _facts_of_desks(meetings)
    for each in meetings:
        revision = each.draft.save_revision(user=user, clean=False)
        # The mails of single changes are not written: one to each person follows.
        AnnouncementChoice.objects.update_or_create(
            revision=revision, defaults={"is_silent": True, "lines": {}, "user_id": user.pk}
        )
        PublishPageRevisionAction(revision, user=user, changed=True).execute()
    return notify_jointly(_changes_since(before))


def _facts_of_desks(meetings: list[PlannedMeeting]) -> dict[int, tuple[Desk, AnnouncedFacts]]:
    """Return the desks of the meetings and of their series, with their announced facts, by pk."""
    keys = {each.stored.translation_key for each in meetings}
    keys |= {page.translation_key for each in meetings if (page := each.stored.registration_page)}
    return {desk.pk: (desk, announced_facts(desk)) for desk in Desk.objects.filter(translation_key__in=keys)}


def _changes_since(before: dict[int, tuple[Desk, AnnouncedFacts]]) -> list[DeskChange]:
    now = timezone.now()
    after = Desk.objects.in_bulk(before)
    found = (desk_change(desk, facts, after[pk], now) for pk, (desk, facts) in before.items())
    return [change for change in found if change]
