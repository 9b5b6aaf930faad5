"""The copying of settings, facts and texts from a page to its desk. Nothing is saved here."""

from collections.abc import Iterator

from django.utils import translation
from wagtail.models import Page

from verkosto.core.page_urls import path_of, site_of
from verkosto.core.text import clean_line
from verkosto.core.zones import last_moment, zone_of
from verkosto.directory.pages import ContactsMixin
from verkosto.registrations import conf
from verkosto.registrations.facts import Address, OrganiserData, RegistrationFacts, StoredVersion
from verkosto.registrations.models import Desk, RegistrablePageMixin
from verkosto.registrations.models.settings import SETTING_NAMES
from verkosto.registrations.questions.registry import venues_of
from verkosto.registrations.questions.types.venue import location_of

# Field of the desk → field of the page.
FIELDS = {
    "is_open": "registration_enabled",
    "opens_at": "registration_opens_at",
    "closes_at": "registration_closes_at",
    **{name: name for name in SETTING_NAMES},
}


def copy_facts(desk: Desk, original: Page) -> None:
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


def live_versions(original: Page) -> list[Page]:
    """Return the public language versions of a page, itself first."""
    others = original.get_translations().live().specific()
    return [original, *(page for page in others if isinstance(page, RegistrablePageMixin))]


def facts_in(original: Page, language: str) -> RegistrationFacts:
    """Return a page's facts with its texts in a language."""
    with translation.override(language):
        return original.registration_facts(language)


def version_data(original: Page, version: Page) -> StoredVersion:
    """Return what the desk keeps of one language version, as JSON."""
    language = version.locale.language_code
    facts = facts_in(original, language)
    return {
        "title": version.title,
        **address_of(version),
        "when": facts.when,
        "timezone": facts.timezone,
        "where": facts.where,
        "where_language": facts.where_language,
        **_venues(original, version, facts.where),
        "on_site": facts.on_site,
        "status_note": facts.status_note,
        "joining": facts.joining,
        **organiser_data(version, original),
        "entries": [entry.as_json() for entry in facts.entries],
        "declaration": version.audience_declaration,
        "text_before": version.text_before,
        "text_after": version.text_after,
        "text_in_mail": version.text_in_mail,
    }


def _venues(original: Page, version: Page, where: str) -> StoredVersion:
    """Return the venues among which people choose, with the texts of a language version where it has them.

    An event without a location of its own is at all of them.
    """
    found = [venues_of(page) for page in (original, version)]
    question = next((block for block, _venues in found if block), "")
    locations = {key: location_of(*venue) for _block, venues in found for key, venue in venues.items()}
    if not question:
        return {}
    return {"venues": {"question": question, "locations": locations}, "where": where or "; ".join(locations.values())}


def address_of(version: Page) -> Address:
    """Return where a language version is: its path, and the key of its site where that is not the default one."""
    return {"url": path_of(version), "site": site_of(version)}


def set_organizer(desk: Desk) -> None:
    """Set the organiser of calendar entries (not saved), unless people have received entries already.

    A calendar takes an entry of the same UID from another organiser for a stranger's (RFC 5546 §2.1.4).
    """
    if desk.organizer and desk.registrations.exists():
        return
    original = desk.version(desk.original_language)
    email = original.get("organiser_email") or conf.sender_address()
    desk.organizer = {"name": original.get("organiser") or conf.site_name(), "email": email}
    if conf.calendar_address():
        desk.organizer["takes_replies"] = True


def organiser_data(version: Page, original: Page) -> OrganiserData:
    """Return the contact for registrants: the first with an address of the page, of its original or of a page above."""
    contact = next((found for page in (version, original) if (found := _contact_of(page))), None)
    contact = contact or next(filter(None, map(_contact_of, _pages_above(version))), None)
    return contact or {"organiser": "", "organiser_email": "", "organiser_phone": ""}


def _pages_above(page: Page) -> Iterator[Page]:
    return (above.specific for above in page.get_ancestors().live().reverse() if above.depth > 1)


def _contact_of(page: Page) -> OrganiserData | None:
    """Return the first contact of a page that has an address, a mailbox or a person."""
    for block in page.contact_list if isinstance(page, ContactsMixin) else []:
        if block.block_type == "mailbox":
            name, email, phone = block.value["label"], block.value["email"], block.value["phone"]
        else:
            name, email, phone = block.value.name, block.value.email, block.value.phone
        if email:
            return {
                "organiser": clean_line(name),
                "organiser_email": email,
                "organiser_phone": clean_line(phone or ""),
            }
    return None


def keep_sequences(earlier: dict[str, StoredVersion], versions: dict[str, StoredVersion]) -> None:
    """Keep the SEQUENCE of calendar entries from falling, and raise it when an entry returns after a cancellation.

    A calendar ignores what has a lower number than what it knows (RFC 5545 §3.8.7.4, RFC 5546 §2.1.5). A page that was
    withdrawn and cancelled for its registrants, and is published again as it was, has not counted the cancellation
    itself. ``earlier`` and ``versions`` are what the desk keeps of each language; the entries of ``versions`` are changed.
    """
    known = [entry for version in earlier.values() for entry in version.get("entries", [])]
    for entry in [entry for version in versions.values() for entry in version["entries"]]:
        same = [old for old in known if old["uid"] == entry["uid"]]
        numbers = [number for old in same if (number := old["sequence"]) is not None]
        if not numbers or entry["sequence"] is None:
            continue
        highest = max(numbers)
        comes_back = not entry["cancelled"] and any(old["cancelled"] for old in same)
        entry["sequence"] = max(entry["sequence"], highest + comes_back)
