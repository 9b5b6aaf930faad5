"""New and changed pages: recorded when a page is published, and read by the digests."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from verkosto.core.followed_content import followed_page_kind, target_kinds
from verkosto.core.view_restrictions import public_q
from verkosto.subscriptions.models import PageChange

#: Followers are not notified of older changes: after a pause of the scheduled work, nobody gets those of months.
LONGEST_AGE = timedelta(days=10)
#: A page whose first publication is longer ago than this was public before this app recorded it.
JUST_NOW = timedelta(minutes=5)


def record_publication(page: Page) -> None:
    """Record that a page is new, and in which languages facts have changed that its followers are notified of.

    The facts of an original apply to its translations at once, without these being published.
    """
    kind = followed_page_kind(page)
    if kind is None:
        return
    now = timezone.now()
    versions = kind.model._default_manager.live().filter(translation_key=page.translation_key)
    known = {row.page_id: row for row in PageChange.objects.filter(page__in=versions)}
    for version in versions:  # read anew: the published instance may have the same moment in another time zone
        facts = hashlib.sha256(kind.facts(version).encode()).hexdigest()
        row = known.get(version.pk)
        if row is None:
            is_new = version.first_published_at is not None and version.first_published_at > now - JUST_NOW
            defaults = {"facts": facts, "new_at": now if is_new else None}
            PageChange.objects.get_or_create(page_id=version.pk, defaults=defaults)
        elif row.facts != facts:
            PageChange.objects.filter(pk=row.pk).update(facts=facts, changed_at=now)


@dataclass(frozen=True)
class Change:
    """When a public page was published first and when its facts last changed; one of both is known."""

    new_at: datetime | None
    changed_at: datetime | None

    @property
    def at(self) -> datetime:
        """The latest moment."""
        return max(moment for moment in (self.new_at, self.changed_at) if moment)

    def is_new_since(self, since: datetime) -> bool:
        return self.new_at is not None and self.new_at > since


class Changes:
    """The changes of public pages up to a moment, and which of them belong to what is followed.

    Everything is read once in a run, whoever follows it: one query for the changes of a language, and one for each
    thing that anybody follows in it.
    """

    def __init__(self, until: datetime) -> None:
        self.until = until
        self._of_language: dict[str, dict[int, Change]] = {}
        self._of_target: dict[tuple[str, str, str], frozenset[int]] = {}

    def in_language(self, language: str) -> dict[int, Change]:
        """Return the changes of the public pages in a language, by primary key."""
        if language not in self._of_language:
            self._of_language[language] = self._read(language)
        return self._of_language[language]

    def of_target(self, kind: str, key: str, language: str) -> frozenset[int]:
        """Return the changed pages of what is followed; none where its app has been removed."""
        target = (kind, key, language)
        if target not in self._of_target:
            changed, found = self.in_language(language), target_kinds().get(kind)
            pages = (
                found.pages(key, language).filter(pk__in=list(changed)) if found and changed else Page.objects.none()
            )
            self._of_target[target] = frozenset(pages.values_list("pk", flat=True))
        return self._of_target[target]

    def _read(self, language: str) -> dict[int, Change]:
        since = self.until - LONGEST_AGE
        recent = Q(new_at__gt=since, new_at__lte=self.until) | Q(changed_at__gt=since, changed_at__lte=self.until)
        public = Page.objects.live().filter(public_q(), locale__language_code=language)
        rows = PageChange.objects.filter(recent, page__in=public).values_list("page_id", "new_at", "changed_at")
        return {
            pk: Change(*(moment if moment and moment <= self.until else None for moment in moments))
            for pk, *moments in rows
        }


def latest_change(since: datetime, until: datetime) -> datetime | None:
    """Return the latest moment of a change after ``since`` and up to ``until``; None if nothing changed."""
    moments = [
        PageChange.objects.filter(**{f"{name}__gt": since, f"{name}__lte": until})
        .order_by(f"-{name}")
        .values_list(name, flat=True)
        .first()
        for name in ("new_at", "changed_at")
    ]
    return max((moment for moment in moments if moment), default=None)
