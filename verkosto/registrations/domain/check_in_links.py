"""Check-in links: with one and its code, helpers without an account check people in, at one event on one day."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from verkosto.core.formats import format_day_with_weekday
from verkosto.core.transactions import in_transaction
from verkosto.core.zones import last_moment, start_of_day
from verkosto.registrations.domain.history import User
from verkosto.registrations.enums import NOT_HELD
from verkosto.registrations.exceptions import NotPossible
from verkosto.registrations.facts import CalendarEntry
from verkosto.registrations.models import CheckInLink, Desk
from verkosto.registrations.models.check_in_link import MAX_WRONG_CODES
from verkosto.registrations.tokens import digest

#: How long before its day begins and after it ends a link is valid, for early and late helpers.
MARGIN = timedelta(hours=1)
#: For how long staff see when a link was last used, after its day.
KEPT_FOR = timedelta(days=7)
CODE_LENGTH = 6  # digits
MAX_DAYS = 100
MAX_LINKS = 20  # of a desk, that are or will be valid


@dataclass(frozen=True, kw_only=True)
class CheckInDay:
    """A day, in a zone (IANA name), on which people come: to an event, or to a meeting of a series."""

    day: date
    zone: str
    meeting: CalendarEntry | None = None

    @property
    def value(self) -> str:
        """The day as a choice in a form, such as "2026-09-16" or, of a meeting, "2026-09-16 UID"."""
        return f"{self.day.isoformat()} {self.uid}".strip()

    @property
    def label(self) -> str:
        """The day with its weekday, and the meeting's title, in the active language."""
        day = format_day_with_weekday(self.day)
        return f"{self.meeting.title}, {day}" if self.meeting else day

    @property
    def uid(self) -> str:
        return self.meeting.uid if self.meeting else ""

    @property
    def valid_from(self) -> datetime:
        return start_of_day(self.day, self.zone) - MARGIN

    @property
    def valid_until(self) -> datetime:
        return start_of_day(self.day + timedelta(days=1), self.zone) + MARGIN


@dataclass(frozen=True, kw_only=True)
class NewLink:
    """A link that was just made. Its token and code can be read only here."""

    link: CheckInLink
    token: str
    code: str


def days_of(desk: Desk) -> list[CheckInDay]:
    """Return the days on which people come to what a desk is about; [] where it is not held, or has no day yet."""
    if desk.status in NOT_HELD:
        return []
    meetings = [meeting for meeting in desk.meetings() if not (meeting.cancelled or meeting.postponed)]
    spans: list[tuple[datetime, datetime | None, str, CalendarEntry | None]] = []
    if desk.meetings():
        spans.extend((meeting.starts_at, meeting.ends_at, meeting.timezone, meeting) for meeting in meetings)
    elif desk.starts_at:
        spans.append((desk.starts_at, desk.ends_at, desk.timezone, None))
    return [
        CheckInDay(day=day, zone=zone, meeting=meeting)
        for starts_at, ends_at, zone, meeting in spans
        for day in _days_between(starts_at, ends_at, zone)
    ]


def coming_days(desk: Desk) -> list[CheckInDay]:
    """Return the next days for which a check-in link can be made, at most ``MAX_DAYS``."""
    now = timezone.now()
    return [day for day in days_of(desk) if day.valid_until > now][:MAX_DAYS]


def day_of(link: CheckInLink) -> CheckInDay | None:
    """Return the day of a link; None if its event, or meeting, is no longer held on that day."""
    return next((day for day in days_of(link.desk) if (day.day, day.uid) == (link.day, link.meeting)), None)


@in_transaction
def make_link(*, desk: Desk, day: CheckInDay, name: str, user: User) -> NewLink:
    """Make a check-in link for a day of a desk. Raises NotPossible where the desk has as many links as it may."""
    Desk.objects.select_for_update().get(pk=desk.pk)
    valid = CheckInLink.objects.filter(desk=desk, withdrawn_at__isnull=True, valid_until__gt=timezone.now())
    if valid.count() >= MAX_LINKS:
        raise NotPossible
    token, code = secrets.token_urlsafe(32), f"{secrets.randbelow(10**CODE_LENGTH):0{CODE_LENGTH}}"
    link = CheckInLink.objects.create(
        desk=desk,
        name=name,
        day=day.day,
        meeting=day.uid,
        valid_from=day.valid_from,
        valid_until=day.valid_until,
        digest=digest(token),
        code_digest=_code_digest(digest(token), code),
        created_by=user,
    )
    return NewLink(link=link, token=token, code=code)


def find_link(token: str) -> CheckInLink | None:
    """Return the link with a token, if it can be used now; None for an unknown, withdrawn, locked or untimely one."""
    link = CheckInLink.objects.usable().select_related("desk").filter(digest=digest(token)).first()
    return link if link and day_of(link) else None


def accept_code(*, link: CheckInLink, code: str) -> bool:
    """Return whether a code is that of a link, and record the use, or count a wrong code.

    Counted before it is compared, so that of many attempts at the same time none is beyond ``MAX_WRONG_CODES``.
    """
    row = CheckInLink.objects.filter(pk=link.pk)
    if not row.filter(wrong_codes__lt=MAX_WRONG_CODES).update(wrong_codes=F("wrong_codes") + 1):
        return False
    if not constant_time_compare(_code_digest(link.digest, "".join(code.split())), link.code_digest):
        return False
    row.update(wrong_codes=F("wrong_codes") - 1, last_used_at=timezone.now())
    return True


def record_use(*, link: CheckInLink) -> None:
    """Record that somebody is checking people in by a link."""
    CheckInLink.objects.filter(pk=link.pk).update(last_used_at=timezone.now())


def withdraw_link(*, link: CheckInLink) -> bool:
    """Withdraw a link: also where it is open, it no longer shows anything. Return False if it was withdrawn before."""
    row = CheckInLink.objects.filter(pk=link.pk, withdrawn_at__isnull=True)
    return bool(row.update(withdrawn_at=timezone.now()))


def delete_expired() -> int:
    """Delete the links whose day was some time ago. Return how many. The history keeps their names."""
    return CheckInLink.objects.filter(valid_until__lt=timezone.now() - KEPT_FOR).delete()[0]


def _code_digest(link_digest: str, code: str) -> str:
    """Return a hash with the site's secret: a few digits could be guessed from one without."""
    return salted_hmac("registrations.check_in_links", f"{link_digest}:{code}", algorithm="sha256").hexdigest()


def _days_between(starts_at: datetime | None, ends_at: datetime | None, zone: str) -> list[date]:
    """Return the days, in a zone, from a start to an end; one that ends at midnight does not take the next day."""
    if starts_at is None:
        return []
    end = last_moment(starts_at, ends_at, zone) or starts_at
    last = max(end - timedelta(microseconds=1), starts_at).astimezone(ZoneInfo(zone)).date()
    first = starts_at.astimezone(ZoneInfo(zone)).date()
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
