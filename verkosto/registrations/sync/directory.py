"""A corrected directory entry, such as the address of a venue, is copied to the desks of the pages that name it.

Their pages read the entry when they are shown. Emails and calendar files of registrants read what the desk keeps.
"""

from collections.abc import Iterable
from functools import partial

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django_tasks import task
from wagtail.models import Page, ReferenceIndex

from verkosto.core.jobs import queue
from verkosto.core.transactions import in_transaction
from verkosto.directory.models.entry import Entry
from verkosto.registrations.domain.capacity import lock
from verkosto.registrations.models import Desk, RegistrablePageMixin
from verkosto.registrations.models.querysets import is_over
from verkosto.registrations.sync.desk import keep_sequences, live_versions, version_data


def refresh_desks_after_commit(entry: Entry) -> None:
    """Have a background task copy a saved entry to the desks."""
    transaction.on_commit(partial(queue.enqueue, refresh_desks, entry._meta.label_lower, entry.pk), robust=True)


@task()
def refresh_desks(model: str, pk: int) -> None:
    """Copy the facts of an entry anew to the desks of events that are not over.

    Nobody is notified: whether those who registered must know is for the editor to say, who publishes the event again.
    """
    entry = apps.get_model(model)._default_manager.filter(pk=pk).first()
    if entry is None:
        return
    for desk in _desks_of(_pages_that_name(entry)):
        _refresh(desk)


def _pages_that_name(entry: Entry) -> Iterable[Page]:
    """Return the public pages, in every language, that refer to the entry or to its version in another language."""
    versions = type(entry)._default_manager.filter(translation_key=entry.translation_key)
    references = ReferenceIndex.get_references_to_in_bulk(versions).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    named_by = Page.objects.filter(pk__in=[int(key) for key in references.values_list("object_id", flat=True)])
    pages: Iterable[Page] = (
        Page.objects.filter(translation_key__in=named_by.values("translation_key")).live().specific()
    )
    return pages


def _desks_of(pages: Iterable[Page]) -> list[Desk]:
    """Return the desks of pages and of those below them, which have their contacts, and of the series of an event."""
    paths, keys = set(), set()
    for page in pages:
        paths.add(page.path)
        target = page.registration_page if isinstance(page, RegistrablePageMixin) else None
        if target is not None:
            keys.add(target.translation_key)
    current = Desk.objects.filter(has_page=True).exclude(is_over()) if paths else Desk.objects.none()
    return [desk for desk in current if desk.translation_key in keys or not paths.isdisjoint(_path_and_above(desk))]


def _path_and_above(desk: Desk) -> list[str]:
    """Return the tree path of the desk's page, and those of the pages above it."""
    return [desk.tree_path[:length] for length in range(Page.steplen, len(desk.tree_path) + 1, Page.steplen)]


@in_transaction
def _refresh(desk: Desk) -> None:
    lock(desk)
    desk.refresh_from_db()
    original = Page.objects.filter(
        translation_key=desk.translation_key, locale__language_code=desk.original_language, live=True
    ).first()
    page = original.specific if original else None
    if not isinstance(page, RegistrablePageMixin):
        return
    versions = {version.locale.language_code: version_data(page, version) for version in live_versions(page)}
    keep_sequences(desk.versions, versions)
    versions = {**desk.versions, **versions}
    if versions != desk.versions:
        desk.versions = versions
        desk.calendar_sequence += 1
        desk.save(update_fields=["versions", "calendar_sequence", "updated_at"])
