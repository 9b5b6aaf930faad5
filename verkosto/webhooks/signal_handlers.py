"""Receivers of Wagtail's and our own signals. Each calls one use case."""

from uuid import UUID

from wagtail.models import Locale, Page
from wagtail.signals import page_published

from verkosto.core.signals import translation_becomes_outdated
from verkosto.registrations.models import Desk, Registration, StatusChange
from verkosto.registrations.signals import capacity_changed, registration_step
from verkosto.webhooks.page_events import write_outdated_translation, write_page_events
from verkosto.webhooks.registration_events import write_full_desk, write_registration_events

UID = "verkosto_webhooks"


def connect() -> None:
    """Connect the receivers."""
    registration_step.connect(on_step, sender=Registration, dispatch_uid=UID)
    capacity_changed.connect(on_capacity, sender=Desk, dispatch_uid=UID)
    page_published.connect(on_published, dispatch_uid=UID)  # of any page type
    translation_becomes_outdated.connect(
        on_outdated, dispatch_uid=UID
    )  # of the model of a room that is not known here


def on_step(registration: Registration, step: StatusChange, **kwargs: object) -> None:
    write_registration_events(registration, step)


def on_capacity(desk: Desk, before: int | None, **kwargs: object) -> None:
    write_full_desk(desk, capacity_before=before)


def on_published(instance: Page, **kwargs: object) -> None:
    write_page_events(instance)


def on_outdated(translation_key: UUID, locale: Locale, is_page: bool, **kwargs: object) -> None:
    write_outdated_translation(translation_key=translation_key, locale=locale, is_page=is_page)
