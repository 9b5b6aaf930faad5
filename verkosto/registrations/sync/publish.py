"""The use cases that update a desk when its page is published, unpublished, deleted or moved, step by step."""

from functools import partial
from uuid import UUID

from django.db import transaction
from wagtail.models import Page

from verkosto.core.originals import confirm_original, get_original, is_original
from verkosto.core.transactions import in_transaction, send_after_commit
from verkosto.registrations.domain.capacity import lock
from verkosto.registrations.domain.capacity_audit import set_capacities
from verkosto.registrations.domain.meetings import join_new_meetings
from verkosto.registrations.domain.waiting_list import promote, shorten_offers
from verkosto.registrations.mail.announcements import announced_facts, notify_registrants
from verkosto.registrations.models import AnnouncementChoice, Desk, RegistrablePageMixin
from verkosto.registrations.signals import event_changed
from verkosto.registrations.sync.desk import (
    address_of,
    copy_facts,
    keep_sequences,
    live_versions,
    set_organizer,
    version_data,
)
from verkosto.registrations.sync.questions import sync_labels, sync_questions


def publish_page(page: RegistrablePageMixin, *, revision: int | None = None) -> Desk | None:
    """Update a published page's desk, and that of the series that takes its registrations.

    Facts, settings and questions are those of the original, texts those of each language version. ``revision`` is the
    pk of the published revision, for which an editor may have chosen whom to notify. Return the desk; None for a page
    that neither takes registrations nor ever has.
    """
    confirm_original(page)
    choice = AnnouncementChoice.objects.filter(revision=revision).first() if revision else None
    desk = _publish_original(page, choice) if is_original(page) else _publish_translation(page)
    _publish_series(page, choice)
    if choice:
        choice.delete()
    return desk


@in_transaction
def _publish_original(page: RegistrablePageMixin, choice: AnnouncementChoice | None = None) -> Desk | None:
    # The page is read again, because the instance may lack the ids of new blocks.
    original = type(page)._default_manager.get(pk=page.pk)
    desk = _locked_desk(original)
    if desk is None and not original.registration_enabled:
        return None
    before = announced_facts(desk) if desk else None
    desk = desk or Desk(translation_key=original.translation_key)
    # 1. Settings, facts and texts.
    copy_facts(desk, original)
    versions, earlier = live_versions(original), desk.versions
    desk.versions = {version.locale.language_code: version_data(original, version) for version in versions}
    set_organizer(desk)
    keep_sequences(earlier, desk.versions)
    is_changed = before is not None and before != announced_facts(desk)
    if is_changed:
        desk.calendar_sequence += 1
    desk.save()
    # 2. Questions, then the pools of their options.
    sync_questions(desk, original, versions)
    set_capacities(desk)
    # 3. People: give them the places that a new capacity frees, and notify them of the change.
    join_new_meetings(desk)
    shorten_offers(desk)
    promote(desk)
    if before is not None:
        notify_registrants(desk, before, choice)
    if is_changed:
        send_after_commit(event_changed, Desk, desk=desk)
    return desk


@in_transaction
def _publish_translation(page: RegistrablePageMixin) -> Desk | None:
    desk = _locked_desk(page)
    if desk is None:
        return None
    version = type(page)._default_manager.get(pk=page.pk)
    language = version.locale.language_code
    published = {language: version_data(get_original(version) or version, version)}
    keep_sequences(desk.versions, published)
    desk.versions = {**desk.versions, **published}
    desk.save(update_fields=["versions", "updated_at"])
    sync_labels(desk, version)
    return desk


def _publish_series(page: RegistrablePageMixin, choice: AnnouncementChoice | None = None) -> None:
    """Update the desk of another page that takes this page's registrations, such as its series."""
    target = page.registration_page
    if target is not None and target.translation_key != page.translation_key and target.live:
        _publish_original(target, choice) if is_original(target) else _publish_translation(target)


def unpublish_page(page: RegistrablePageMixin) -> None:
    """Remove an unpublished page from its desk, and from that of the series that takes its registrations."""
    remove_version(page)
    _publish_series(page)


def delete_page(page: RegistrablePageMixin) -> None:
    """Remove a page that is being deleted from its desk, and after the commit from that of its series."""
    remove_version(page)
    target = page.registration_page
    if target is not None and target.translation_key != page.translation_key:
        transaction.on_commit(partial(_publish_again, target.pk))


def _publish_again(pk: int) -> None:
    page = Page.objects.filter(pk=pk, live=True).specific().first()
    if isinstance(page, RegistrablePageMixin):
        publish_page(page)


@in_transaction
def remove_version(page: RegistrablePageMixin) -> None:
    """Clear the URL of a language version that is no longer public. Its texts stay for the registrants who read them.

    If it is the original, the desk takes no more registrations. Existing registrations stay.
    """
    desk = _locked_desk(page)
    if desk is None:
        return
    language = page.locale.language_code
    if language in desk.versions:
        desk.versions[language] = {**desk.versions[language], "url": ""}
    if language == desk.original_language:
        desk.has_page = False
    desk.save(update_fields=["versions", "has_page", "updated_at"])


@in_transaction
def remove_joining_link(key: UUID) -> None:
    """Remove the joining link from the desk of a page that is no longer public, whose meeting was withdrawn."""
    desk = Desk.objects.filter(translation_key=key).first()
    if desk is None:
        return
    lock(desk)
    desk.refresh_from_db()
    desk.versions = {language: {**version, "joining": ""} for language, version in desk.versions.items()}
    desk.save(update_fields=["versions", "updated_at"])


def move_pages(page: Page, *parents: Page) -> None:
    """Update the URLs and tree paths in the desks of a page that was moved and of all pages below it.

    ``parents`` are the pages that it left and that it came to: a series among them takes the registrations of other events.
    """
    keys = Page.objects.descendant_of(page, inclusive=True).values("translation_key")
    for desk in Desk.objects.filter(translation_key__in=keys):
        versions = Page.objects.filter(translation_key=desk.translation_key).select_related("locale")
        for version in versions:
            language = version.locale.language_code
            if language in desk.versions and version.live:
                desk.versions[language] |= address_of(version)
            if language == desk.original_language:
                desk.tree_path = version.path
        desk.save(update_fields=["versions", "tree_path", "updated_at"])
    for parent in {parent.pk for parent in parents}:
        _publish_again(parent)


def reopen_waiting_lists(page: Page) -> None:
    """Give free places to the waiting lists of a page that is no longer private, and of all pages below it."""
    for desk in Desk.objects.below(page):
        _promote_in(desk)


@in_transaction
def _promote_in(desk: Desk) -> None:
    lock(desk)
    promote(desk)


def _locked_desk(page: RegistrablePageMixin) -> Desk | None:
    """Return the page's desk, locked to the end of the transaction; None if there is none yet."""
    desk = Desk.objects.filter(translation_key=page.translation_key).first()
    if desk is not None:
        lock(desk)
        desk.refresh_from_db()
    return desk
