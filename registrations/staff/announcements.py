"""Before an event's changes are published: who is going to be told what."""

import copy
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.coreutils import get_content_languages

from ..mails.compose import compose
from ..models import Desk, Message, Registration, RegistrationMixin
from ..news import change_in_words, kind_of_change, news_of, people_to_tell
from ..originals import is_original
from ..projection import live_versions, version_of, write_facts


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """The mails that publishing a draft would cause: how many, and the words in each language."""

    kind: str
    number: int
    letters: list[dict[str, Any]] = field(default_factory=list)


def announcement_of(page: Any) -> Announcement | None:
    """What publishing this state of a page would tell its registrants; None when nobody would be told anything."""
    if not issubclass(type(page), RegistrationMixin) or not is_original(page):
        return None
    original: Any = page
    desk = Desk.objects.filter(translation_key=original.translation_key).first()
    if desk is None:
        return None
    after = copy.copy(desk)
    write_facts(after, page)
    versions = live_versions(page)
    after.versions = {version.locale.language_code: version_of(page, version) for version in versions}
    kind = kind_of_change(news_of(desk), news_of(after), after.original_language)
    if not kind or (after.ends_at and after.ends_at < timezone.now()):
        return None
    people = people_to_tell(desk, kind).exclude(email="")
    languages: dict[str, int] = {}
    for language in people.values_list("language", flat=True):
        languages[language] = languages.get(language, 0) + 1
    if not languages:
        return None
    letters = [_letter(desk, after, kind, language, number) for language, number in languages.items()]
    return Announcement(kind=kind, number=sum(languages.values()), letters=letters)


def _letter(desk: Desk, after: Desk, kind: str, language: str, number: int) -> dict[str, Any]:
    told = language if language in after.versions else after.original_language
    # Who publishes a page may have no right to its registrations: the example is nobody's.
    nobody = Registration(desk=after, name=_("(name)"), language=language, status=Registration.Status.CONFIRMED)
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


def ask_before_publishing(request: HttpRequest, page: Any) -> HttpResponse | None:
    """For the hook ``before_publish_page``: the draft is saved; lead on to a page that asks, when anybody would be told."""
    scheduled = page.go_live_at and page.go_live_at > timezone.now()
    if scheduled or not announcement_of(page):
        return None
    return redirect("registrations_staff:announce", pk=page.pk)
