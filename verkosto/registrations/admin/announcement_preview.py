"""Before an event's changes are published: who is going to be told what."""

import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.coreutils import get_content_languages

from verkosto.registrations.admin.labels import placeholder_name
from verkosto.registrations.enums import RegistrationStatus
from verkosto.registrations.mail.announcements import change_in_words, kind_of_change, news_of, people_to_tell
from verkosto.registrations.mail.compose import compose
from verkosto.registrations.models import Desk, Message, RegistrablePageMixin, Registration
from verkosto.registrations.sync.desk import copy_facts, live_versions, version_data
from verkosto.registrations.sync.originals import is_original


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """The mails that publishing a draft would cause: how many, and the words in each language."""

    kind: str
    number: int
    letters: list[dict[str, Any]] = field(default_factory=list)
    # When a scheduled draft is published; None for at once.
    at: datetime | None = None


def announcement_of(page: Any) -> Announcement | None:
    """What publishing this state of a page would tell its registrants; None when nobody would be told anything.

    An event of a series that takes one registration for all speaks to the registrants of the series.
    """
    if not issubclass(type(page), RegistrablePageMixin) or not is_original(page):
        return None
    now = timezone.now()
    at = page.go_live_at if page.go_live_at and page.go_live_at > now else None
    found = [news for source in _sources(page) if (news := _news_from(source, at or now))]
    if not found:
        return None
    letters = [letter for _kind, several in found for letter in several]
    return Announcement(kind=found[0][0], number=sum(letter["number"] for letter in letters), letters=letters, at=at)


def _sources(page: Any) -> list[Any]:
    """The pages whose desks hear of a draft: itself, and its series, in which the draft stands for what is published."""
    series = page.registration_page
    if series is None or series.translation_key == page.translation_key:
        return [page]
    if not series.live or not is_original(series):
        return [page]
    series.drafts = {page.pk: page}
    return [page, series]


def _news_from(page: Any, at: datetime) -> tuple[str, list[dict[str, Any]]] | None:
    """The kind of mail to the registrants of one page, and its letters."""
    desk = Desk.objects.filter(translation_key=page.translation_key).first()
    if desk is None:
        return None
    after = copy.copy(desk)
    copy_facts(after, page)
    versions = live_versions(page)
    after.versions = {version.locale.language_code: version_data(page, version) for version in versions}
    kind = kind_of_change(news_of(desk), news_of(after), after.original_language)
    if not kind or (after.ends_at and after.ends_at < at):
        return None
    people = people_to_tell(desk, kind).exclude(email="")
    languages: dict[str, int] = {}
    for language in people.values_list("language", flat=True):
        languages[language] = languages.get(language, 0) + 1
    if not languages:
        return None
    return kind, [_letter(desk, after, kind, language, number) for language, number in languages.items()]


def _letter(desk: Desk, after: Desk, kind: str, language: str, number: int) -> dict[str, Any]:
    told = language if language in after.versions else after.original_language
    # Who publishes a page may have no right to its registrations: the example is nobody's.
    nobody = Registration(
        desk=after, name=placeholder_name(language), language=language, status=RegistrationStatus.CONFIRMED
    )
    change = change_in_words(news_of(desk), news_of(after), told)
    message = Message(kind=kind, desk=after, registration=nobody, language=language, context={"change": change})
    letter = compose(message, link="#")
    return {
        "language": get_content_languages().get(language, language),
        "code": language,
        "number": number,
        "subject": letter.subject,
        "html": letter.html(),
    }
