from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from home import followed
from home.accessibility_feedback import mails, use_cases
from home.accessibility_feedback.admin_views import (
    CHANGE_FEEDBACK,
    SEE_FEEDBACK,
    TITLE,
    FeedbackMenuItem,
    FeedbackViewSet,
)
from home.accessibility_feedback.home_panel import add_feedback_panel
from home.accessibility_feedback.personal_data import ANSWERING, FEEDBACK_STORE
from home.controller import controller_of
from home.viewsets import NewsListing, SiteSettingsViewSet
from verkosto.core.followed_content import PAGES_HOOK, TARGETS_HOOK, FollowedPageKind, TargetKind
from verkosto.core.scheduled_work.registry import HOOK as SCHEDULED_WORK_HOOK
from verkosto.core.scheduled_work.registry import Step
from verkosto.registrations.admin.audit import DataLogFormatter
from verkosto.registrations.mail.kinds import MailKind
from verkosto.registrations.privacy.personal_data import PersonalDataStore
from verkosto.registrations.privacy.processing import (
    CONTROLLER_HOOK,
    PROCESSING_HOOK,
    Controller,
    ProcessingActivity,
)

if TYPE_CHECKING:
    from verkosto.api.resources import AnyResource

register_snippet(SiteSettingsViewSet)


@hooks.register("register_verkosto_api", order=-10)
def api_resources() -> list[AnyResource]:
    from home.api import RESOURCES  # optional dependency

    return RESOURCES


@hooks.register("register_admin_viewset")
def register_news_listing() -> ViewSet:
    return NewsListing("news")


@hooks.register(TARGETS_HOOK)
def subscription_targets() -> list[TargetKind]:
    return followed.TARGETS


@hooks.register(PAGES_HOOK)
def subscription_pages() -> list[FollowedPageKind]:
    return followed.PAGES


@hooks.register(CONTROLLER_HOOK)
def controller() -> Controller | None:
    return controller_of(get_language() or "")


@hooks.register("construct_reports_menu")
def hide_search_terms(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave out Wagtail's report of search terms: what visitors search for is not stored."""
    menu_items[:] = [item for item in menu_items if item.name != "search-terms"]


@hooks.register("register_verkosto_mail_kinds")
def mail_kinds() -> list[MailKind]:
    return mails.KINDS


@hooks.register(SCHEDULED_WORK_HOOK)
def scheduled_work() -> dict[str, Step]:
    label = _("Remind staff of accessibility feedback")
    return {"remind_of_accessibility_feedback": Step(use_cases.send_reminders, label=label, at=time(7))}


@hooks.register("register_verkosto_personal_data")
def personal_data() -> list[PersonalDataStore]:
    return [FEEDBACK_STORE]


@hooks.register(PROCESSING_HOOK)
def processing() -> list[ProcessingActivity]:
    return [ANSWERING]


@hooks.register("register_admin_viewset")
def accessibility_feedback() -> ViewSet:
    return FeedbackViewSet("accessibility_feedback", url_prefix="accessibility-feedback")


@hooks.register("register_reports_menu_item")
def accessibility_feedback_menu_item() -> MenuItem:
    url = reverse_lazy("accessibility_feedback:index")
    return FeedbackMenuItem(TITLE, url, name="accessibility-feedback", icon_name="comment", order=800)


@hooks.register("construct_homepage_panels")
def accessibility_feedback_panel(request: HttpRequest, panels: list[Component]) -> None:
    add_feedback_panel(request, panels)


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """Return what a group may be allowed: to read feedback about accessibility, and to answer it."""
    codenames = ["view_accessibilityfeedback", "change_accessibilityfeedback"]
    return Permission.objects.filter(content_type__app_label="home", codename__in=codenames)


@hooks.register("register_log_actions")
def log_actions(registry: LogActionRegistry) -> None:
    actions = {
        SEE_FEEDBACK: (_("View accessibility feedback"), _("Viewed feedback about accessibility")),
        CHANGE_FEEDBACK: (_("Handle accessibility feedback"), _("Handled feedback about accessibility")),
    }
    for action, (label, message) in actions.items():
        formatter = type("Formatter", (DataLogFormatter,), {"label": label, "message": message})
        registry.register_action(action)(formatter)
