"""Every view that can write a translation is classified; what is not is refused."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import URLResolver, get_resolver
from wagtail.snippets.models import get_snippet_models

from verkosto.localisation.admin.guard import middleware
from verkosto.localisation.admin.guard.middleware import (
    LOCALIZE_VIEWS,
    PAGE_VIEWS_WITH_PERMISSION_OF_THE_PAGE,
    SNIPPET_VIEWS_THAT_READ,
    WAGTAIL_VIEWS,
    rule_for,
)

SNIPPET_VIEWS_WITH_LANGUAGE = {
    "add", "copy", "delete", "edit", "lock", "unlock", "unpublish", "preview_on_add", "preview_on_edit",
    "revisions_compare", "revisions_revert", "revisions_unschedule", "revisions_view", "workflow_action",
    "collect_workflow_action_data", "confirm_workflow_cancellation", "workflow_history", "workflow_history_detail",
    "workflow_history_results", "workflow_preview", "usage_results",
}  # fmt: skip


def view_names(patterns, namespaces=()):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            below = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from view_names(pattern.url_patterns, below)
        elif pattern.name:
            yield (":".join(namespaces), pattern.name)


@pytest.fixture(scope="module")
def views():
    return set(view_names(get_resolver().url_patterns))


def names_in(views, namespace):
    return {name for found, name in views if found == namespace}


def match(namespace, name):
    view_name = f"{namespace}:{name}" if namespace else name
    return SimpleNamespace(view_name=view_name, url_name=name, namespaces=namespace.split(":") if namespace else [])


def test_every_view_of_wagtail_localize_is_classified(views):
    assert names_in(views, "wagtail_localize") == set(LOCALIZE_VIEWS)


def test_every_page_view_is_classified(views):
    guarded = {name.removeprefix("wagtailadmin_pages:") for name in WAGTAIL_VIEWS if name.startswith("wagtailadmin_p")}
    assert names_in(views, "wagtailadmin_pages") - guarded == PAGE_VIEWS_WITH_PERMISSION_OF_THE_PAGE
    assert names_in(views, "wagtailadmin_api:pages") == {"action", "detail", "find", "listing"}


def test_every_snippet_view_is_classified(views):
    namespaces = {
        f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}" for model in get_snippet_models()
    }
    found = set().union(*(names_in(views, namespace) for namespace in namespaces))
    assert found >= {"add", "edit", "delete"}
    assert found - SNIPPET_VIEWS_THAT_READ - SNIPPET_VIEWS_WITH_LANGUAGE == set()


def test_a_new_view_of_wagtail_localize_is_refused(rf):
    rule = rule_for(match("wagtail_localize", "new_in_the_next_release"))
    with pytest.raises(PermissionDenied):
        rule(rf.get("/"), {})


def test_a_new_snippet_view_asks_for_the_language(rf, monkeypatch):
    asked = []
    monkeypatch.setattr(middleware.wagtail_views, "guard_snippet", lambda request, model, pk: asked.append(pk))
    rule_for(match("wagtailsnippets_localisation_testapp_hall", "new_view"))(rf.get("/"), {"pk": "1"})
    assert asked == ["1"]


@pytest.mark.parametrize(
    ("namespace", "name"),
    [("", "wagtail_serve"), ("wagtailadmin_pages", "edit"), ("wagtailsnippets_localisation_testapp_hall", "list")],
)
def test_other_views_have_no_rule(namespace, name):
    assert rule_for(match(namespace, name)) is None
