"""The mails that publishing a page's draft would send, for a preview before it is published."""

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from verkosto.core.originals import is_original
from verkosto.registrations.admin.mail_previews import MailPreview, example_registration, preview_mail
from verkosto.registrations.mail.announcements import (
    announced_facts,
    describe_change,
    recipients,
    with_own_line,
)
from verkosto.registrations.mail.joint_announcements import (
    KIND,
    DeskChange,
    changes_by_person,
    desk_change,
    joint_description,
)
from verkosto.registrations.models import Desk, Guest, Message, RegistrablePageMixin, Registration
from verkosto.registrations.sync.desk import copy_facts, live_versions, version_data
from verkosto.registrations.sync.withdrawal import as_cancelled

NO_LINES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """The mails that publishing a draft would send: their kind and number, and a preview in each language."""

    kind: str
    number: int
    previews: list[MailPreview] = field(default_factory=list)
    # When a scheduled draft will be published; None for immediately.
    at: datetime | None = None


def announcement_of(page: Page, lines: Mapping[str, str] = NO_LINES) -> Announcement | None:
    """Return what publishing this state of a page would send to registrants; None when nobody would be notified.

    ``lines`` are the editor's own, by language.

    An event of a series with one registration for all events notifies the registrants of the series.
    """
    if not issubclass(type(page), RegistrablePageMixin) or not is_original(page):
        return None
    now = timezone.now()
    at = page.go_live_at if page.go_live_at and page.go_live_at > now else None
    found = [mails for source in _sources(page) if (mails := _mails_of(source, at or now, lines))]
    if not found:
        return None
    previews = [preview for _kind, several in found for preview in several]
    number = sum(preview.number for preview in previews)
    return Announcement(kind=found[0][0], number=number, previews=previews, at=at)


def _sources(page: Page) -> list[Any]:
    """Return the pages whose desks a draft changes: the page, and its series with the draft in place of the live event."""
    series = page.registration_page
    if series is None or series.translation_key == page.translation_key:
        return [page]
    if not series.live or not is_original(series):
        return [page]
    series.drafts = {page.pk: page}
    return [page, series]


def _mails_of(page: Page, at: datetime, lines: Mapping[str, str]) -> tuple[str, list[MailPreview]] | None:
    """Return the kind of mail to the registrants of one page, and its previews."""
    change = change_of(page, at)
    previews = _previews(change.desk, change.after, change.kind, lines) if change else []
    return (change.kind, previews) if change and previews else None


def change_of(page: Page, at: datetime) -> DeskChange | None:
    """Return what publishing this state of a page at a time would change at its desk; None where nobody is notified."""
    desk = Desk.objects.filter(translation_key=page.translation_key).first()
    if desk is None:
        return None
    after = copy.copy(desk)
    copy_facts(after, page)
    versions = live_versions(page)
    after.versions = {version.locale.language_code: version_data(page, version) for version in versions}
    return desk_change(desk, announced_facts(desk), after, at)


def cancellation_previews(desk: Desk) -> list[MailPreview]:
    """Return the emails that cancelling the event of a desk sends, in each language."""
    return _previews(desk, as_cancelled(desk), "event_cancelled")


def _previews(desk: Desk, after: Desk, kind: str, lines: Mapping[str, str] = NO_LINES) -> list[MailPreview]:
    people = recipients(desk, kind)
    guests = Guest.objects.filter(registration__in=people.confirmed(), registration__places__gt=1).exclude(email="")
    with_address = people.exclude(email="")
    languages: dict[str, int] = {}
    for language in [
        *with_address.values_list("language", flat=True),
        *guests.values_list("registration__language", flat=True),
    ]:
        languages[language] = languages.get(language, 0) + 1
    return [_preview(desk, after, kind, language, number, lines) for language, number in languages.items()]


def _preview(desk: Desk, after: Desk, kind: str, language: str, number: int, lines: Mapping[str, str]) -> MailPreview:
    written_in = language if language in after.versions else after.original_language
    change = describe_change(announced_facts(desk), announced_facts(after), written_in)
    change = with_own_line(change, lines, written_in)
    example = example_registration(after, language)
    message = Message(kind=kind, desk=after, registration=example, language=language, context={"change": change})
    return preview_mail(message, number=number)


def changes_of(pages: Iterable[Page], at: datetime) -> list[DeskChange]:
    """Return what publishing these states of pages together would change, at their desks and at those of their series."""
    sources: dict[Any, Any] = {}
    drafts: dict[int, Page] = {}
    for page in pages:
        drafts[page.pk] = page
        for source in _sources(page):
            sources[source.translation_key] = source
            if source is not page:
                source.drafts = drafts
    changes = (change_of(source, at) for source in sources.values())
    return [change for change in changes if change]


def joint_previews(changes: Iterable[DeskChange]) -> list[MailPreview]:
    """Return the mails to those whom most of the changes concern, one in each language, with the number of people."""
    fullest: dict[str, list[tuple[Registration, DeskChange]]] = {}
    numbers: dict[str, int] = {}
    for concerned in changes_by_person(changes).values():
        language = concerned[0][0].language
        numbers[language] = numbers.get(language, 0) + 1
        if len(concerned) > len(fullest.get(language, [])):
            fullest[language] = concerned
    return [_joint_preview(concerned, language, numbers[language]) for language, concerned in fullest.items()]


def _joint_preview(concerned: list[tuple[Registration, DeskChange]], language: str, number: int) -> MailPreview:
    changes = [change for _row, change in concerned]
    desks = {change.desk.pk for change in changes}
    example = example_registration(changes[0].after, language)
    is_joint = len(desks) > 1
    description = joint_description(changes, language) if is_joint else changes[0].description(language)
    message = Message(
        kind=KIND if is_joint else changes[0].kind,
        desk=changes[0].after,
        registration=example,
        language=language,
        context={"change": description},
    )
    return preview_mail(message, number=number)
