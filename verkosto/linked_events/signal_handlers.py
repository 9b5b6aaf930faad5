"""Receivers of Wagtail's and Django's signals. Each calls one use case."""

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from event_pages.models import EventPage, EventSeriesPage
from verkosto.linked_events.push.outbox import write_below, write_moved, write_page

UID = "verkosto_linked_events"


def connect() -> None:
    """Connect the receivers."""
    for signal in (page_published, page_unpublished, post_delete):
        signal.connect(on_event, dispatch_uid=UID)  # of any type of events
    post_page_move.connect(on_move, dispatch_uid=UID)
    for signal in (post_save, post_delete):
        signal.connect(on_restriction, sender=PageViewRestriction, dispatch_uid=f"{UID}_restriction")


def on_event(instance: object, **kwargs: object) -> None:
    if isinstance(instance, EventPage | EventSeriesPage):
        write_page(instance)


def on_move(instance: Page, parent_page_before: Page, **kwargs: object) -> None:
    write_moved(instance.path, parent_page_before.path)


def on_restriction(instance: PageViewRestriction, **kwargs: object) -> None:
    write_below(instance.page.path)
