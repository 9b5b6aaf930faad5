"""Receivers of Wagtail's and our own signals. Each calls one use case."""

from django.apps import apps
from django.db.models.signals import post_delete, post_migrate, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction, Revision
from wagtail.signals import page_published, page_unpublished, post_page_move

from verkosto.core.content_cache import content_changed
from verkosto.directory.models.entry import Entry
from verkosto.registrations.domain.roles import withdraw_access
from verkosto.registrations.models import AnswerFile, RegistrablePageMixin, RegistrationArchive, RoleAssignment
from verkosto.registrations.models.search_indexes import create_search_indexes
from verkosto.registrations.signals import place_freed
from verkosto.registrations.sync.directory import refresh_desks_after_commit
from verkosto.registrations.sync.publish import (
    delete_page,
    move_pages,
    publish_page,
    reopen_waiting_lists,
    unpublish_page,
)


def connect() -> None:
    """Connect the receivers; those of pages to each registrable page class, those of entries to each model of them."""
    for model in apps.get_models():
        if issubclass(model, RegistrablePageMixin):
            uid = f"verkosto_registrations.{model._meta.label_lower}"
            page_published.connect(on_published, sender=model, dispatch_uid=uid)
            page_unpublished.connect(on_unpublished, sender=model, dispatch_uid=uid)
            pre_delete.connect(on_deleted, sender=model, dispatch_uid=uid)
        if issubclass(model, Entry):
            post_save.connect(on_entry_saved, sender=model, dispatch_uid="verkosto_registrations")
    # Any page may have registrable pages below it.
    post_page_move.connect(on_moved, dispatch_uid="verkosto_registrations")
    post_delete.connect(on_restriction_removed, sender=PageViewRestriction, dispatch_uid="verkosto_registrations")
    # However a row goes, its file goes with it, and the access to the admin that a role gave.
    post_delete.connect(on_role_ended, sender=RoleAssignment, dispatch_uid="verkosto_registrations")
    post_delete.connect(on_file_deleted, sender=AnswerFile, dispatch_uid="verkosto_registrations")
    post_delete.connect(on_archive_deleted, sender=RegistrationArchive, dispatch_uid="verkosto_registrations")
    # Each time: the extension may have been allowed since the last.
    config = apps.get_app_config("verkosto_registrations")
    post_migrate.connect(on_migrated, sender=config, dispatch_uid="verkosto_registrations")
    place_freed.connect(content_changed, dispatch_uid="verkosto_registrations")


def on_published(instance: RegistrablePageMixin, revision: Revision | None = None, **kwargs: object) -> None:
    publish_page(instance, revision=revision.pk if revision else None)


def on_unpublished(instance: RegistrablePageMixin, **kwargs: object) -> None:
    unpublish_page(instance)


def on_deleted(instance: RegistrablePageMixin, **kwargs: object) -> None:
    delete_page(instance)


def on_entry_saved(instance: Entry, raw: bool = False, **kwargs: object) -> None:
    if not raw:
        refresh_desks_after_commit(instance)


def on_moved(instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: object) -> None:
    move_pages(instance, parent_page_before, parent_page_after)


def on_restriction_removed(instance: PageViewRestriction, **kwargs: object) -> None:
    reopen_waiting_lists(instance.page)


def on_role_ended(instance: RoleAssignment, **kwargs: object) -> None:
    withdraw_access(ended=instance)


def on_file_deleted(instance: AnswerFile, **kwargs: object) -> None:
    instance.remove_from_store_after_commit()


def on_archive_deleted(instance: RegistrationArchive, **kwargs: object) -> None:
    instance.remove_from_store_after_commit()


def on_migrated(using: str, **kwargs: object) -> None:
    create_search_indexes(using)
