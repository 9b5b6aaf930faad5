"""The signals that this app listens to, each with one use case."""

from typing import Any

from wagtail.models import Page
from wagtail.signals import page_published

from verkosto.subscriptions.page_changes import record_publication


def connect() -> None:
    page_published.connect(_page_published, dispatch_uid="verkosto_subscriptions.changes")


def _page_published(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    record_publication(instance)
