"""Receivers of Wagtail's and Django's signals. Each calls one use case."""

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from event_pages.models import EventPage
from event_pages.online_meetings.providers import meeting_providers
from event_pages.online_meetings.reconciliation import plan_below, plan_meeting

UID = "verkosto_events.online_meetings"


def connect() -> None:
    """Connect the receivers."""
    for signal in (page_published, page_unpublished):
        signal.connect(on_change, dispatch_uid=UID)  # of any page type: those of plugins are events too
    post_delete.connect(on_deletion, dispatch_uid=UID)
    post_page_move.connect(on_move, dispatch_uid=UID)
    for signal in (post_save, post_delete):
        signal.connect(on_restriction, sender=PageViewRestriction, dispatch_uid=f"{UID}_restriction")


def on_change(instance: Page, **kwargs: object) -> None:
    if isinstance(instance, EventPage) and (instance.meeting_provider or meeting_providers()):
        plan_meeting(instance.translation_key)


def on_deletion(instance: Model, **kwargs: object) -> None:
    if isinstance(instance, EventPage) and (instance.meeting_provider or meeting_providers()):
        plan_meeting(instance.translation_key)


def on_move(instance: Page, **kwargs: object) -> None:
    plan_below(instance.path)


def on_restriction(instance: PageViewRestriction, **kwargs: object) -> None:
    plan_below(instance.page.path)
