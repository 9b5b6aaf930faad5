"""Pages tell their desks: published, withdrawn, moved."""

from typing import Any

from django.db.models.signals import pre_delete
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from verkosto.registrations.models import Desk, RegistrablePageMixin
from verkosto.registrations.sync.desk import project, withdraw


def connect() -> None:
    page_published.connect(on_published, dispatch_uid="registrations_published")
    page_unpublished.connect(on_withdrawn, dispatch_uid="registrations_unpublished")
    pre_delete.connect(on_withdrawn, dispatch_uid="registrations_deleted")
    post_page_move.connect(on_moved, dispatch_uid="registrations_moved")


def on_published(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, RegistrablePageMixin):
        project(instance)
        _project_series(instance)


def on_withdrawn(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, RegistrablePageMixin):
        withdraw(instance)
        if kwargs.get("signal") is page_unpublished:
            _project_series(instance)


def _project_series(instance: Any) -> None:
    """Tell the page's series, where that takes one registration for all, what has become of the page."""
    target = instance.registration_page
    if target is not None and target.translation_key != instance.translation_key and target.live:
        project(target)


def on_moved(instance: Any, **kwargs: Any) -> None:
    """Keep the desks' places in the tree and their addresses."""
    keys = Page.objects.descendant_of(instance, inclusive=True).values("translation_key")
    for desk in Desk.objects.filter(translation_key__in=keys):
        pages = Page.objects.filter(translation_key=desk.translation_key).select_related("locale")
        for page in pages:
            language = page.locale.language_code
            if language in desk.versions and page.live:
                desk.versions[language]["url"] = page.url or ""
            if language == desk.original_language:
                desk.tree_path = page.path
        desk.save(update_fields=["versions", "tree_path", "updated_at"])
