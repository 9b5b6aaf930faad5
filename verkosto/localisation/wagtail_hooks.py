from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button
from wagtail.models import Page, TranslatableMixin
from wagtail.users.models import UserProfile

from verkosto.core.health import HOOK as HEALTH_HOOK
from verkosto.core.health import HealthCheck
from verkosto.core.jobs.registry import Handler
from verkosto.core.publishing_rules import PublishingRule
from verkosto.core.scheduled_work.registry import HOOK as SCHEDULED_WORK_HOOK
from verkosto.core.scheduled_work.registry import Step
from verkosto.core.users import AnyUser
from verkosto.localisation.admin import listing_buttons, urls
from verkosto.localisation.admin.account import NotificationsPanel
from verkosto.localisation.admin.edit_hooks import before_edit
from verkosto.localisation.admin.guard import wagtail_views
from verkosto.localisation.admin.home_panel import TranslationsPanel
from verkosto.localisation.admin.version_links import versions_for_editor
from verkosto.localisation.admin.views.bulk_action import SubmitBulkAction
from verkosto.localisation.admin.viewsets import GlossaryViewSet
from verkosto.localisation.health import HEALTH_CHECKS
from verkosto.localisation.models import TranslationState
from verkosto.localisation.permissions.access import may_submit, may_translate
from verkosto.localisation.sync.cascades import translations_to_cascade
from verkosto.localisation.workflow import bulk_submission
from verkosto.localisation.workflow.notifications import write_digests

CONVERSIONS = {"localize-convert-to-alias", "localize-restart-translation"}


listing_buttons.take_over()
hooks.register(listing_buttons.HOOK, listing_buttons.listing_buttons)
hooks.register(listing_buttons.HEADER_HOOK, listing_buttons.header_buttons)
hooks.register("construct_explorer_page_queryset", listing_buttons.with_translation_columns)


@hooks.register("register_verkosto_page_notices")
def register_page_notices() -> list[str]:
    return ["verkosto_localisation/components/outdated_translation.html"]


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLResolver]:
    return [path("translations/", include(urls))]


@hooks.register("register_verkosto_jobs")
def jobs() -> dict[str, Handler]:
    return {bulk_submission.KIND: bulk_submission.submit_pages}


@hooks.register(SCHEDULED_WORK_HOOK)
def scheduled_work() -> dict[str, Step]:
    digests = Step(write_digests, label=_("Write emails to translators"), at=time(6), workdays=True)
    return {"send_translation_digest": digests}


@hooks.register(HEALTH_HOOK)
def health_checks() -> list[HealthCheck]:
    return HEALTH_CHECKS


class DashboardMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_translate(request.user)


@hooks.register("register_admin_menu_item")
def register_dashboard_menu_item() -> MenuItem:
    return DashboardMenuItem(
        _("Translations"), reverse("verkosto_localisation:dashboard"), icon_name="wagtail-localize-language", order=250
    )


@hooks.register("construct_reports_menu")
def hide_upstream_report(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Hide wagtail-localize's report, which takes 411 queries and is wrong after a republish; the dashboard replaces it."""
    upstream = reverse("wagtail_localize:translations_report")
    menu_items[:] = [item for item in menu_items if item.url != upstream]


@hooks.register("construct_homepage_panels")
def add_translations_panel(request: HttpRequest, panels: list[Component]) -> None:
    if may_translate(request.user):
        panels.append(TranslationsPanel())


@hooks.register("insert_global_admin_css")
def dashboard_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("verkosto_localisation/dashboard.css"))


@hooks.register("register_page_header_buttons")
def version_buttons(page: Page, user: AnyUser, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Show the state of each other language in the editor of a page, with a link to its editor."""
    if view_name != "edit":
        return
    for state in versions_for_editor(page, user):
        if state.locale_id != page.locale_id and state.edit_url:  # type: ignore[attr-defined]  # set by with_edit_urls
            label = _("%(language)s: %(state)s") % {
                "language": state.locale.get_display_name(),
                "state": TranslationState.State(state.state).label,
            }
            url: str = state.edit_url  # type: ignore[attr-defined]  # likewise
            yield Button(label, url, icon_name="wagtail-localize-language", priority=70)


# Before wagtail-localize's own hooks of the same name, which answer the request.
@hooks.register("before_edit_page", order=-10)
def before_edit_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    return before_edit(request, page)


@hooks.register("before_edit_snippet", order=-10)
def before_edit_snippet(request: HttpRequest, instance: TranslatableMixin) -> HttpResponse | None:
    return before_edit(request, instance)


@hooks.register("construct_page_action_menu")
def no_conversion_for_translators(
    items: list[ActionMenuItem], request: HttpRequest, context: dict[str, object]
) -> None:
    if not may_submit(request.user):
        items[:] = [item for item in items if item.name not in CONVERSIONS]


@hooks.register("register_verkosto_publishing_rules")
def publishing_rules() -> list[PublishingRule]:
    return [wagtail_views.why_not_published]


hooks.register("before_bulk_action", wagtail_views.before_bulk_action)
hooks.register("after_bulk_action", wagtail_views.after_bulk_action)
hooks.register("before_move_page", wagtail_views.before_move_page)
hooks.register("register_bulk_action", SubmitBulkAction)


@hooks.register("register_admin_viewset")
def register_glossary() -> GlossaryViewSet:
    return GlossaryViewSet("glossary")


@hooks.register("construct_translated_pages_to_cascade_actions")
def cascade(pages: list[Page], action: str) -> dict[Page, list[Page]]:
    return translations_to_cascade(pages, action)


@hooks.register("register_account_settings_panel")
def register_notifications_panel(request: HttpRequest, user: AnyUser, profile: UserProfile) -> NotificationsPanel:
    return NotificationsPanel(request, user, profile)
