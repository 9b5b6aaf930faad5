"""The withdrawal of pages: how many registered people it concerns, and the cancellation of their events."""

import copy
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from wagtail.models import Page

from verkosto.core.transactions import in_transaction, send_after_commit
from verkosto.registrations.domain.capacity import lock
from verkosto.registrations.enums import ENDED_STATUSES, EventStatus
from verkosto.registrations.facts import StoredEntry
from verkosto.registrations.mail.announcements import announced_facts, notify_registrants
from verkosto.registrations.models import Desk, RegistrablePageMixin
from verkosto.registrations.models.opening import is_over_at
from verkosto.registrations.signals import event_changed


@dataclass(frozen=True, kw_only=True)
class AffectedDesk:
    """A desk with registered people whose page is going to be withdrawn or moved."""

    desk: Desk
    # Registrations that have not ended, of all languages.
    number: int
    # Whether its original is withdrawn, so that it takes no more registrations.
    loses_page: bool

    @property
    def can_be_cancelled(self) -> bool:
        """Whether the withdrawal can cancel an event: one that is not over and not cancelled yet."""
        return self.loses_page and is_upcoming(self.desk)


def is_upcoming(desk: Desk) -> bool:
    """Return whether the event is neither over nor cancelled."""
    return desk.status != EventStatus.CANCELLED and not is_over_at(desk, timezone.now())


def affected_desks(pages: Iterable[Page]) -> list[AffectedDesk]:
    """Return the desks with registered people of pages, of all pages below them and of the series they belong to.

    The number of queries does not depend on the number of desks.
    """
    pages = list(pages)
    below = Q(pk__in=[])
    for page in pages:
        below |= Q(path__startswith=page.path)
    rows = Page.objects.filter(below).values_list("translation_key", "locale__language_code")
    versions = {(key, language) for key, language in rows}
    keys = {key for key, _language in versions} | {key for page in pages for key in _series_of(page)}
    registered = Count("registrations", filter=~Q(registrations__status__in=ENDED_STATUSES))
    desks = Desk.objects.filter(translation_key__in=keys).annotate(number=registered).filter(number__gt=0)
    return [
        AffectedDesk(
            desk=desk, number=desk.number, loses_page=(desk.translation_key, desk.original_language) in versions
        )
        for desk in desks.order_by("starts_at", "pk")
    ]


def _series_of(page: Page) -> list[Any]:
    """Return the key of the page that takes the registrations of a page in its place."""
    specific = page.specific
    if not isinstance(specific, RegistrablePageMixin) or specific.registration_page is None:
        return []
    return [specific.registration_page.translation_key]


def as_cancelled(desk: Desk) -> Desk:
    """Return a copy of a desk as it would be with its event cancelled (not saved)."""
    cancelled = copy.copy(desk)
    cancelled.status = EventStatus.CANCELLED
    cancelled.calendar_sequence += 1
    cancelled.versions = {
        language: {**version, "entries": [_cancelled_entry(entry) for entry in version.get("entries", [])]}
        for language, version in desk.versions.items()
    }
    return cancelled


def _cancelled_entry(entry: StoredEntry) -> StoredEntry:
    sequence = entry.get("sequence")
    return {**entry, "cancelled": True, "sequence": None if sequence is None else sequence + 1}


def cancel_withdrawn(keys: Iterable[int]) -> int:
    """Cancel the events of the desks that have no public page any more. Return how many people are notified."""
    return sum(_cancel(desk) for desk in Desk.objects.filter(pk__in=keys))


@in_transaction
def _cancel(desk: Desk) -> int:
    lock(desk)
    desk.refresh_from_db()
    if desk.has_page or not is_upcoming(desk):
        return 0
    before = announced_facts(desk)
    cancelled = as_cancelled(desk)
    cancelled.save(update_fields=["status", "calendar_sequence", "versions", "updated_at"])
    send_after_commit(event_changed, Desk, desk=cancelled)
    return notify_registrants(cancelled, before)
