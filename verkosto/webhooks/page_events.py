"""What the publication of a page means to webhooks."""

from uuid import UUID

from django.db import transaction
from wagtail.models import Locale, Page

from verkosto.core.originals import get_original, is_original
from verkosto.core.view_restrictions import is_path_private
from verkosto.registrations.enums import EventStatus
from verkosto.registrations.facts import RegistrationFacts
from verkosto.registrations.models import RegistrablePageMixin
from verkosto.registrations.sync.desk import facts_in
from verkosto.webhooks.models import PublishedEvent
from verkosto.webhooks.outbox import Audience, write
from verkosto.webhooks.payloads import moment, page_data


@transaction.atomic
def write_page_events(page: Page) -> int:
    """Write the deliveries of a page that was published, if everybody may see it. Return how many."""
    is_event = isinstance(page, RegistrablePageMixin)
    change = _remember(page) if is_event and is_original(page) else None
    audience = Audience()
    if not audience.endpoints or is_path_private(page.path):
        return 0
    original = get_original(page) or page
    paths = {page.path, original.path}
    written = write("page.published", {"page": page_data(page)}, paths=paths, audience=audience)
    if is_event:
        data = {"page": page_data(page), "event": _event_data(page)}
        written += write("event.published", data, paths=paths, audience=audience)
        if change:
            name, changed = change
            written += write(name, {**data, "changed": changed}, paths=paths, audience=audience)
    return written


def write_outdated_translation(*, translation_key: UUID, locale: Locale, is_page: bool) -> int:
    """Write the deliveries of a translation that becomes outdated. Return how many."""
    audience = Audience()
    if not audience.endpoints:
        return 0
    pages = list(Page.objects.filter(translation_key=translation_key)) if is_page else []
    data: dict[str, object] = {"key": str(translation_key), "language": locale.language_code, "is_page": is_page}
    version = next((page for page in pages if page.locale_id == locale.pk), None)
    if version is not None:
        data["page"] = page_data(version)
    paths = [page.path for page in pages]
    return write("translation.outdated", {"translation": data}, paths=paths, audience=audience)


def _remember(page: Page) -> tuple[str, list[str]] | None:
    """Store the facts that are published. Return the event that they are and what differs; None for the first time."""
    row, is_new = PublishedEvent.objects.select_for_update().get_or_create(
        translation_key=page.translation_key, defaults={"facts": _facts_data(page)}
    )
    before, after = row.facts, _facts_data(page)
    changed = sorted(name for name in after if before.get(name) != after[name])
    if is_new or not changed:
        return None
    row.facts = after
    row.save(update_fields=["facts"])
    is_cancelled = "status" in changed and after["status"] == EventStatus.CANCELLED
    return "event.cancelled" if is_cancelled else "event.changed", changed


def _facts_data(page: Page) -> dict[str, object]:
    facts = facts_in(page, page.locale.language_code)
    return {**_event_data(page, facts), "where": facts.where, "meetings": _meetings(page, facts)}


def _meetings(page: Page, facts: RegistrationFacts) -> list[list[object]]:
    """Return the meetings of a series. The entry of the event itself, whose UID begins with its key, is left out."""
    return [
        [entry.uid, moment(entry.starts_at), moment(entry.ends_at), entry.where, entry.cancelled]
        for entry in facts.entries
        if not entry.uid.startswith(str(page.translation_key))
    ]


def _event_data(page: Page, facts: RegistrationFacts | None = None) -> dict[str, object]:
    facts = facts or facts_in(page, page.locale.language_code)
    return {"status": facts.status, "starts_at": moment(facts.starts_at), "ends_at": moment(facts.ends_at)}
