"""Asks for the language before any admin view that can write a translation. What is not classified is refused.

`tests/verkosto/localisation/admin/guard/test_middleware.py` lists every view of wagtail-localize and every page and
snippet view of Wagtail's admin, and fails on one that is in no table here.
"""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import ResolverMatch
from django.utils.deprecation import MiddlewareMixin

from verkosto.localisation.admin.guard import localize_views, wagtail_views
from verkosto.localisation.upstream import snippet_model

Rule = Callable[[HttpRequest, dict[str, object]], HttpResponse | None]


def allow(request: HttpRequest, kwargs: dict[str, object]) -> None:
    """Leave the decision to the view itself."""


#: Every view of wagtail-localize by name; a view that is missing here is refused.
LOCALIZE_VIEWS: dict[str, Rule] = {
    "submit_page_translation": localize_views.submit_page,
    "submit_snippet_translation": localize_views.submit_snippet,
    "update_translations": localize_views.update_translations,
    "edit_string_translation": localize_views.write_strings,
    "edit_override": localize_views.write_override,
    "upload_pofile": localize_views.upload_pofile,
    "machine_translate": localize_views.write_strings,
    "download_pofile": localize_views.read_strings,
    "preview_translation": localize_views.read_strings,
    "stop_translation": localize_views.stop,
    "convert_to_alias": localize_views.convert_to_alias,
    "translations_report": localize_views.report,
    "translations_report_results": localize_views.report,
    "javascript_catalog": allow,
    "snippets_api_detail": allow,  # reads, for users of the admin
    "snippets_api_listing": allow,
}

#: Views of a translatable snippet model that only read; every other one asks for the snippet's language.
SNIPPET_VIEWS_THAT_READ = {"list", "list_results", "usage", "history", "history_results", "inspect"}

#: Views of Wagtail's admin that need a rule of ours.
WAGTAIL_VIEWS: dict[str, Rule] = {
    "wagtail_bulk_action": wagtail_views.guard_bulk_action,
    "wagtailadmin_api:pages:action": wagtail_views.guard_api_action,
    "wagtailadmin_pages:confirm_workflow_cancellation": wagtail_views.guard_workflow_cancellation,
    "wagtailadmin_pages:copy": wagtail_views.guard_copy,
    "wagtailadmin_pages:move_confirm": wagtail_views.guard_move,
    "wagtailadmin_workflows:task_chooser": wagtail_views.guard_tasks,
    "wagtailadmin_workflows:task_chooser_create": wagtail_views.guard_tasks,
    "wagtailadmin_workflows:task_chooser_results": wagtail_views.guard_tasks,
    "wagtailadmin_workflows:task_chosen": wagtail_views.guard_tasks,
}

#: Page views that Wagtail itself guards: it asks for the permission to the page, whose tree is its language.
#: `edit` has a hook of ours besides (`before_edit_page`).
PAGE_VIEWS_WITH_PERMISSION_OF_THE_PAGE = {
    "add", "add_subpage", "choose_parent", "collect_workflow_action_data",
    "convert_alias", "delete", "edit", "history", "history_results", "lock", "move", "preview_on_add",
    "preview_on_edit", "revisions_compare", "revisions_index", "revisions_revert", "revisions_unschedule",
    "revisions_view", "search", "search_results", "set_page_position", "set_privacy", "type_use", "type_use_results",
    "unlock", "unpublish", "usage", "view_draft", "workflow_action", "workflow_history", "workflow_history_detail",
    "workflow_preview",
}  # fmt: skip


class TranslationGuardMiddleware(MiddlewareMixin):
    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: tuple[object, ...],
        kwargs: dict[str, object],
    ) -> HttpResponse | None:
        rule = rule_for(request.resolver_match) if request.resolver_match else None
        # The user is asked for last: that reads the session, and a public page is the same for all.
        if rule is None or not request.user.is_authenticated or not request.user.is_active:
            return None
        return rule(request, kwargs)


def rule_for(match: ResolverMatch) -> Rule | None:
    """Return the rule of a view; None for a view that cannot write a translation, or that Wagtail guards itself."""
    if match.view_name in WAGTAIL_VIEWS:
        return WAGTAIL_VIEWS[match.view_name]
    namespace = match.namespaces[-1] if match.namespaces else ""
    if namespace == "wagtail_localize":
        return LOCALIZE_VIEWS.get(match.url_name or "", refuse)
    model = snippet_model(namespace) if namespace else None
    if model is None or match.url_name in SNIPPET_VIEWS_THAT_READ:
        return None
    return lambda request, kwargs: wagtail_views.guard_snippet(request, model, kwargs.get("pk"))


def refuse(request: HttpRequest, kwargs: dict[str, object]) -> None:
    """Refuse a view that is new in wagtail-localize, until somebody has classified it."""
    raise PermissionDenied
