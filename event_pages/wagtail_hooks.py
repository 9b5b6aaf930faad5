from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.blocks import Block

from event_pages import followed
from event_pages.blocks import EventListBlock
from event_pages.home_panel import add_next_events_panel
from event_pages.imports import urls as import_urls
from event_pages.imports.buttons import import_buttons
from event_pages.meetings import urls
from event_pages.meetings.buttons import series_buttons
from event_pages.online_meetings import jitsi
from event_pages.online_meetings import urls as meeting_urls
from event_pages.online_meetings.health import HEALTH_CHECKS
from event_pages.online_meetings.providers import HOOK as MEETING_PROVIDERS_HOOK
from event_pages.online_meetings.providers import MeetingProvider
from event_pages.online_meetings.reconciliation import reconcile_due
from event_pages.publication_warnings import warn_after_publishing
from event_pages.viewsets import EventEditor, EventIndexExplorer, EventListing, EventSeriesExplorer
from verkosto.core.followed_content import PAGES_HOOK, TARGETS_HOOK, FollowedPageKind, TargetKind
from verkosto.core.health import HOOK as HEALTH_HOOK
from verkosto.core.health import HealthCheck
from verkosto.core.scheduled_work.registry import HOOK as SCHEDULED_WORK_HOOK
from verkosto.core.scheduled_work.registry import Step
from verkosto.core.stylesheets import HOOK as STYLESHEETS_HOOK

if TYPE_CHECKING:
    from verkosto.api.resources import AnyResource


@hooks.register("register_verkosto_body_blocks")
def event_list_block() -> list[tuple[str, Block]]:
    return [("event_list", EventListBlock())]


@hooks.register("register_admin_viewset")
def event_listings() -> list[ViewSet]:
    return [EventListing("events"), EventIndexExplorer(), EventSeriesExplorer(), EventEditor()]


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    return [
        path("series/", include(urls)),
        path("event-import/", include(import_urls)),
        path("online-meetings/", include(meeting_urls)),
    ]


@hooks.register("register_verkosto_api", order=-30)
def api_resources() -> list[AnyResource]:
    from event_pages.api.resources import RESOURCES  # optional dependency

    return RESOURCES


@hooks.register(TARGETS_HOOK)
def subscription_targets() -> list[TargetKind]:
    return followed.TARGETS


@hooks.register(PAGES_HOOK, order=-10)  # events come first in emails
def subscription_pages() -> list[FollowedPageKind]:
    return followed.PAGES


@hooks.register(STYLESHEETS_HOOK, order=-40)
def stylesheets() -> list[str]:
    return [f"verkosto_events/css/{name}.css" for name in ("events", "filters", "month", "series_timeline")]


@hooks.register(MEETING_PROVIDERS_HOOK)
def own_meeting_providers() -> list[MeetingProvider]:
    return jitsi.own_providers()


@hooks.register(HEALTH_HOOK)
def health_checks() -> list[HealthCheck]:
    return HEALTH_CHECKS


@hooks.register(SCHEDULED_WORK_HOOK)
def scheduled_work() -> dict[str, Step]:
    return {"reconcile_online_meetings": Step(reconcile_due, label=_("Prepare online meetings"))}


hooks.register("construct_homepage_panels", add_next_events_panel)
hooks.register("after_publish_page", warn_after_publishing)
hooks.register("register_page_header_buttons", series_buttons)
hooks.register("register_page_header_buttons", import_buttons)
