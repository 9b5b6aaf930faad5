from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry

from verkosto.core import publishing_rules
from verkosto.core.content_checker import add_own_checks
from verkosto.core.copied_dates import move_copied_dates
from verkosto.core.copy_messages import name_copy
from verkosto.core.draft_links import register_log_actions
from verkosto.core.draft_views import DraftLinksView, draft_link_buttons
from verkosto.core.rich_text import LocalisedPageLinkHandler
from verkosto.core.scheduled_work import own_steps
from verkosto.core.scheduled_work import registry as scheduled_work
from verkosto.core.stylesheets import HOOK
from verkosto.core.upstream import remember_workflow_state


@hooks.register(HOOK, order=-100)  # every other sheet builds on these
def stylesheets() -> list[str]:
    return [
        f"verkosto_core/css/{name}.css"
        for name in ("theme", "base", "layout", "navigation", "components", "lists", "blocks")
    ]


@hooks.register(scheduled_work.HOOK, order=scheduled_work.FIRST)
def first_steps() -> dict[str, scheduled_work.Step]:
    return own_steps.FIRST_STEPS


@hooks.register(scheduled_work.HOOK, order=scheduled_work.CLEANUP)
def last_steps() -> dict[str, scheduled_work.Step]:
    return own_steps.LAST_STEPS


@hooks.register("before_edit_page", order=-10)
def read_workflow_once(request: HttpRequest, page: Page) -> None:
    """Read the page's workflow state once instead of many times."""
    if request.method == "GET":  # a GET neither starts nor ends a workflow
        remember_workflow_state(page)


# Before the hooks that show a confirmation page.
hooks.register("before_publish_page", publishing_rules.refuse_publishing, order=-10)
hooks.register("before_bulk_action", publishing_rules.refuse_bulk_publishing, order=-10)
hooks.register("after_copy_page", move_copied_dates)
hooks.register("after_copy_page", name_copy)
hooks.register("register_log_actions", publishing_rules.register_log_action)
hooks.register("register_log_actions", register_log_actions)
hooks.register("register_page_header_buttons", draft_link_buttons)
hooks.register("construct_wagtail_userbar", add_own_checks)


@hooks.register("register_admin_urls")
def draft_link_urls() -> list[URLPattern]:
    return [path("pages/<int:page_pk>/draft-links/", DraftLinksView.as_view(), name="draft_links")]


@hooks.register("insert_editor_js")
def editor_scripts() -> SafeString:
    names = ("editor-errors", "editor-fields", "editor-names")
    return format_html_join("\n", '<script src="{}"></script>', ((static(f"verkosto_core/js/{n}.js"),) for n in names))


@hooks.register("insert_global_admin_css")
def editor_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("verkosto_core/css/editor.css"))


@hooks.register("register_rich_text_features", order=100)  # after Wagtail's own
def link_to_the_readers_language(features: FeatureRegistry) -> None:
    features.register_link_type(LocalisedPageLinkHandler)
