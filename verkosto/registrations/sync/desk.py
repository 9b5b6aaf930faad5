"""From a page to its desk: settings, facts and texts (nothing is saved here)."""

from typing import Any

from django.utils import translation

from verkosto.core.zones import last_moment, zone_of
from verkosto.registrations.facts import RegistrationFacts
from verkosto.registrations.models import Desk, RegistrablePageMixin
from verkosto.registrations.models.settings import SETTING_NAMES

# Field of the desk → field of the page.
FIELDS = {
    "is_open": "registration_enabled",
    "opens_at": "registration_opens_at",
    "closes_at": "registration_closes_at",
    **{name: name for name in SETTING_NAMES},
}


def copy_facts(desk: Desk, original: Any) -> None:
    """Copy the original's settings and facts to the desk."""
    for name, source in FIELDS.items():
        setattr(desk, name, getattr(original, source))
    desk.original_language = original.locale.language_code
    desk.tree_path = original.path
    desk.has_page = True
    facts = facts_in(original, desk.original_language)
    desk.status = facts.status
    desk.starts_at = facts.starts_at
    desk.ends_at = last_moment(facts.starts_at, facts.ends_at, zone_of(facts))
    desk.joining_visible_from = facts.joining_visible_from
    if desk.closes_at is None and desk.ends_at and (desk.opens_at is None or desk.opens_at < desk.ends_at):
        desk.closes_at = desk.ends_at


def live_versions(original: Any) -> list[Any]:
    """Return the public language versions of a page, itself first."""
    others = original.get_translations().live().specific()
    return [original, *(page for page in others if isinstance(page, RegistrablePageMixin))]


def facts_in(original: Any, language: str) -> RegistrationFacts:
    """Return a page's facts with its texts in a language."""
    with translation.override(language):
        return original.registration_facts(language)


def version_data(original: Any, version: Any) -> dict[str, Any]:
    """Return what the desk keeps of one language version, as JSON."""
    language = version.locale.language_code
    facts = facts_in(original, language)
    return {
        "title": version.title,
        "url": version.url or "",
        "when": facts.when,
        "timezone": facts.timezone,
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
