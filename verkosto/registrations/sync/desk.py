"""From the published page to the desk: what visitors meet in every language at once."""

from typing import Any

from django.utils import translation
from wagtail.models import Page

from verkosto.core.transactions import in_transaction
from verkosto.registrations.domain.capacity import lock
from verkosto.registrations.domain.capacity_audit import set_capacities
from verkosto.registrations.domain.waiting_list import promote
from verkosto.registrations.facts import RegistrationFacts
from verkosto.registrations.mail.announcements import news_of, tell
from verkosto.registrations.models import Desk, RegistrablePageMixin
from verkosto.registrations.models.settings import SETTING_NAMES
from verkosto.registrations.sync.originals import is_original
from verkosto.registrations.sync.questions import project_questions, relabel_questions

# Field of the desk → field of the page.
FACTS = {
    "is_open": "registration_enabled",
    "opens_at": "registration_opens_at",
    "closes_at": "registration_closes_at",
    **{name: name for name in SETTING_NAMES},
}


def project(page: Any) -> Desk | None:
    """Bring the desk in line with a published page: facts from the original only, words from each language's version.

    Returns None for a page that neither takes registrations nor ever has.
    """
    if is_original(page):
        return _project_original(page)
    return _project_words(page)


@in_transaction
def _project_original(page: Any) -> Desk | None:
    # What was published is what is stored; an instance at hand may lack the ids of new blocks.
    original = type(page)._default_manager.get(pk=page.pk)
    desk = Desk.objects.filter(translation_key=original.translation_key).first()
    if desk is None:
        if not original.registration_enabled:
            return None
        desk = Desk(translation_key=original.translation_key)
    else:
        lock(desk)
        desk.refresh_from_db()
    before = news_of(desk) if desk.pk else None
    write_facts(desk, original)
    versions = live_versions(original)
    desk.versions = {version.locale.language_code: version_of(original, version) for version in versions}
    if before and before != news_of(desk):
        desk.calendar_sequence += 1
    desk.save()
    project_questions(desk, original, versions)
    set_capacities(desk)
    promote(desk)
    if before:
        tell(desk, before)
    return desk


@in_transaction
def _project_words(page: Any) -> Desk | None:
    desk = Desk.objects.filter(translation_key=page.translation_key).first()
    if desk is None:
        return None
    lock(desk)
    desk.refresh_from_db()
    version = type(page)._default_manager.get(pk=page.pk)
    original = original_of(desk, version)
    desk.versions = {**desk.versions, version.locale.language_code: version_of(original, version)}
    desk.save(update_fields=["versions", "updated_at"])
    relabel_questions(desk, version)
    return desk


@in_transaction
def withdraw(page: Any) -> None:
    """A language version is no longer public: its address is forgotten, its words stay for those who use them.

    Without the original no new registrations are taken. Registrations stay.
    """
    desk = Desk.objects.filter(translation_key=page.translation_key).first()
    if desk is None:
        return
    lock(desk)
    desk.refresh_from_db()
    language = page.locale.language_code
    if language in desk.versions:
        desk.versions[language] = {**desk.versions[language], "url": ""}
    if language == desk.original_language:
        desk.has_page = False
    desk.save(update_fields=["versions", "has_page", "updated_at"])


def write_facts(desk: Desk, original: Any) -> None:
    """The original's facts on the desk (not saved)."""
    for name, source in FACTS.items():
        setattr(desk, name, getattr(original, source))
    desk.original_language = original.locale.language_code
    desk.tree_path = original.path
    desk.has_page = True
    facts = facts_in(original, desk.original_language)
    desk.status = facts.status
    desk.starts_at = facts.starts_at
    desk.ends_at = facts.ends_at or facts.starts_at
    desk.joining_visible_from = facts.joining_visible_from
    if desk.closes_at is None and desk.ends_at and (desk.opens_at is None or desk.opens_at < desk.ends_at):
        desk.closes_at = desk.ends_at


def live_versions(original: Any) -> list[Any]:
    """The public language versions of a page, itself first."""
    others = original.get_translations().live().specific()
    return [original, *(page for page in others if isinstance(page, RegistrablePageMixin))]


def original_of(desk: Desk, version: Any) -> Any:
    """The original among a page's versions, else the version itself."""
    found = Page.objects.filter(
        translation_key=desk.translation_key, locale__language_code=desk.original_language
    ).specific()
    return found.first() or version


def facts_in(original: Any, language: str) -> RegistrationFacts:
    """A page's facts, told in a language."""
    with translation.override(language):
        return original.registration_facts(language)


def version_of(original: Any, version: Any) -> dict[str, Any]:
    """What the desk keeps of one language version, as JSON."""
    language = version.locale.language_code
    facts = facts_in(original, language)
    return {
        "title": version.title,
        "url": version.url or "",
        "when": facts.when,
        "where": facts.where,
        "where_language": facts.where_language,
        "on_site": facts.on_site,
        "status_note": facts.status_note,
        "joining": facts.joining,
        "organiser": facts.contact,
        "entries": [entry.as_json() for entry in facts.entries],
        "declaration": version.audience_declaration,
        "text_before": version.text_before,
        "text_after": version.text_after,
        "text_in_mail": version.text_in_mail,
    }
