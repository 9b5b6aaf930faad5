"""Every address of the URL configuration, with a value for each of its parameters, and every bulk action."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from tests.access.roles import Role
from tests.access.world import Part, World

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
ADMIN = "admin/"
TESTS_OWN = "testapp"
#: Addresses whose routes are regular expressions, by name or key.
EXPRESSIONS = {
    "wagtailadmin_pages:revisions_compare": "admin/pages/{page}/revisions/compare/{revision}...live/",
    "wagtailsnippets_verkosto_directory_privacynotice:revisions_compare": (
        "admin/snippets/verkosto_directory/privacynotice/history/{privacynotice}/revisions/compare/{notice_revision}...live/"
    ),
    "verkosto_events:feed": "{page_path}event.ics",
    "news_feed": "fi/news.rss",
    "verkosto_embedding:page": "fi/embed/page/{page_inner_path}",
    "verkosto_embedding:form": "fi/embed/form/{page_inner_path}",
    "wagtail_serve": "{page_path}",
    "wagtaildocs_serve": "documents/{document}/{document_name}",
    r"None ^documents/(\d+)/(.*)$": "documents/{document}/{document_name}",
    "None admin/^.*/$": "admin/unknown/",
}
EVENT = {"app_label": "=verkosto_events", "model_name": "=eventpage"}
VENUE = {"app_label": "=verkosto_directory", "model_name": "=venue", "pk": "venue"}
#: What a parameter is, in the addresses that begin so: a name in the parts, or with "=" the value itself. The first
#: that fits decides; "snippet" is a row of the address's own model.
PARAMETERS = {
    "wagtailadmin_api:documents": {"pk": "document"},
    "wagtailadmin_api:images": {"pk": "image"},
    "wagtailadmin_api:pages": {"pk": "page", "action_name": "=delete"},
    "wagtailadmin_pages:workflow_action": {"action_name": "=approve"},
    "wagtailadmin_pages:collect": {"action_name": "=approve"},
    "wagtailadmin_collections": {"pk": "collection"},
    "wagtailadmin_workflows:add_task": {"app_label": "=wagtailcore", "model_name": "=groupapprovaltask"},
    **{f"wagtailadmin_workflows:{verb}_task": {"pk": "task"} for verb in ("edit", "disable", "enable")},
    "wagtailadmin_workflows": {"pk": "workflow"},
    "wagtailadmin_tag": {"app_name": "=taggit", "model_name": "=tag"},
    "wagtailsettings": {"app_name": "=home", "model_name": "=sitesettings", "pk": "sitesettings"},
    "wagtailusers_users": {"pk": "user"},
    "wagtailusers_groups": {"pk": "group"},
    "wagtaillocales": {"pk": "locale"},
    "wagtailsites": {"pk": "site"},
    "wagtaildocs_chooser": {"pk": "document"},
    "wagtaildocs_authenticate": {"restriction_id": "collection_restriction"},
    "wagtailimages_chooser": {"pk": "image"},
    "wagtailsnippetchoosers_": {"pk": "snippet"},
    "wagtailsnippets_": {"pk": "snippet", "revision_id": "notice_revision"},
    "wagtail_localize:submit_snippet": VENUE,
    "wagtail_localize:snippets_api": VENUE,
    "wagtail_localize:convert_to_alias": {"page_id": "translated"},
    "verkosto_localisation:assignment": {"pk": "state"},
    "verkosto_localisation:bulk_submission": {"pk": "submission"},
    "verkosto_localisation:local_override": {"path": "=body"},
    "verkosto_localisation": {"pk": "translation", "string_pk": "string", "context_pk": "context"},
    "members:mailing": {"pk": "member_mailing"},
    "members": {"pk": "member"},
    "followers": {"pk": "follower"},
    "accessibility_feedback": {"pk": "accessibility_feedback"},
    "verkosto_subscriptions": {"reference": "follower_reference", "pk": "follow"},
    "group_plans": {"pk": "plan"},
    "pair_plans": {"pk": "pair_plan"},
    "reviews": {"key": "round_key", "pk": "application"},
    "verkosto_networks": {"pk": "member", "pair_key": "desk_key"},
    "glossary": {"pk": "term"},
    "mfa_": {"pk": "=0"},
    "openid_connect": {"provider_id": "=staff"},
    "linked_events:send": {"pk": "pushed_event"},
    "webhooks:delivery": {"pk": "webhook_delivery"},
    "webhooks:replay": {"pk": "webhook_delivery"},
    "webhooks": {"pk": "webhook"},
    "roles": {"pk": "role"},
    "verkosto_registrations_admin:announce": {"pk": "page"},
    "verkosto_registrations_admin:form_template": {"pk": "page"},
    "verkosto_registrations_admin:withdraw": {"pk": "page", "action": "=unpublish"},
    "verkosto_registrations_admin:archive_": {"pk": "archive"},
    "verkosto_registrations_admin:job": {"pk": "job"},
    "verkosto_registrations_admin:message": {"pk": "message"},
    "verkosto_registrations_admin:mailing": {"pk": "mailing"},
    "verkosto_registrations_admin:invitation": {"pk": "invitation"},
    "verkosto_registrations_admin:reminder": {"pk": "reminder"},
    "verkosto_registrations_admin:feedback_mails": {"kind": "=feedback_request"},
    "verkosto_registrations_admin:document": {"document": "=record", "format": "=xlsx"},
    "verkosto_registrations_admin:colleague_role": {"pk": "role"},
    "verkosto_registrations_admin:colleague": {"pk": "colleague_invitation"},
    "verkosto_registrations_admin:check_in_link": {"pk": "check_in_link"},
    "verkosto_registrations_admin:check_in_code": {"code": "check_in_code"},
    "verkosto_registrations_admin": {"pk": "registration", "kind": "=confirmed", "language": "=fi"},
    "guide": {"name": "=editors"},
    "email_template_translation": {"page_pk": "translated", "kind": "=confirmed"},
    "verkosto_registrations:colleague": {"number": "colleague_invitation"},
    "verkosto_registrations:check_in": {"number": "check_in_link"},
    "verkosto_registrations:scanned_code": {"code": "check_in_code"},
    "verkosto_registrations:file": {"key": "file_key"},
    "verkosto_registrations": {"key": "desk_key", "guest": "guest"},
    "constellation_image": {"key": "desk_key"},
    "api_tokens": {"pk": "api_token"},
    "verkosto_events_meetings": {"pk": "online_meeting"},
    "verkosto_linked_events:language": {"identifier": "=fi"},
    "verkosto_linked_events:place": {"identifier": "=verkosto:internet"},
    "verkosto_linked_events": {"identifier": "linked_event", "rest": "=unknown"},
    "verkosto_api": {"id": "desk_key", "rest": "=unknown"},
    "media": {"path": "rendition"},
    "wagtailadmin_editing_sessions": EVENT,
    "wagtailadmin_pages": {
        "content_type_app_name": "=verkosto_events",
        "content_type_model_name": "=eventpage",
        **EVENT,
    },
    "": {
        "page_id": "page",
        "page_pk": "page",
        "parent_page_id": "series",
        "series_pk": "series",
        "page_to_move_id": "page",
        "destination_id": "parent",
        "page_view_restriction_id": "restriction",
        "revision_id": "revision",
        "task_state_id": "task_state",
        "task_id": "task",
        "workflow_pk": "workflow",
        "workflow_state_id": "workflow_state",
        "collection_id": "collection",
        "redirect_id": "redirect",
        "query_id": "promotion",
        "document_id": "document",
        "doc_id": "document",
        "document_pk": "document",
        "image_id": "image",
        "uploaded_file_id": "upload",
        "filter_spec": "=width-10",
        "session_id": "session",
        "object_id": "page",
        "translation_id": "translation",
        "translation_source_id": "source",
        "string_segment_id": "segment",
        "overridable_segment_id": "=0",
        "mode": "=open",
        "desk_pk": "desk",
        "file_pk": "file",
        "reference": "reference",
        "uidb64": "=unknown",
        "number": "=1",
        "token": "=unknown",
        "receipt": "=unknown",
        "code": "=unknown",
        "secret": "=unknown",
    },
}
#: Queries of addresses: a search that finds rows of both parts.
QUERIES = {
    "search": "?q=tapahtuma",
    "wagtailadmin_pages:search": "?q=tapahtuma",
    "wagtailadmin_choose_page_search": "?q=tapahtuma",
    "wagtailadmin_choose_page_chosen_multiple": "?id={page}",
    "wagtailadmin_block_preview": "?id=unknown",
    "wagtail_localize:upload_pofile": "?next=/admin/translations/",
    "verkosto_registrations_admin:messages": "?q=example",
    "members:index": "?q=example",
    "verkosto_embedding:oembed": "?url=http://localhost/{page_path}",
    "verkosto_subscriptions:follow": "?target=network:{network_key}",
}


@dataclass(frozen=True)
class Address:
    """One entry of the URL configuration: its name with its parameters, and its route."""

    key: str
    route: str

    @property
    def is_admin(self) -> bool:
        return self.route.startswith(ADMIN)

    def paths(self, role: Role, world: World) -> dict[str, str]:
        """Return the paths to ask for by part, ``own`` and ``foreign``; one where both are the same."""
        own = self.path(role.part(world))
        foreign = self.path(world.foreign)
        # Who may not open the admin is not led on to anything in it.
        is_asked_once = own == foreign or (self.is_admin and not role.in_admin)
        return {"own": own} if is_asked_once else {"own": own, "foreign": foreign}

    def path(self, part: Part) -> str:
        """Return the path to what a part of the site has of this."""
        name = self.key.partition("(")[0]
        if template := EXPRESSIONS.get(name) or EXPRESSIONS.get(self.key):
            return "/" + template.format_map(part)

        def value(found: re.Match[str]) -> str:
            fitting = (values for prefix, values in PARAMETERS.items() if name.startswith(prefix))
            meant = next((values[found[1]] for values in fitting if found[1] in values), None)
            assert meant, f"{self.key}: say in tests/access/addresses.py, PARAMETERS, what {found[1]!r} is."
            if meant == "snippet":
                meant = name.partition(":")[0].rpartition("_")[2]
            return meant[1:] if meant.startswith("=") else str(part[meant])

        query = next((query for prefix, query in QUERIES.items() if name.startswith(prefix)), "")
        # The admin's API includes its routers under a regular expression.
        path = "/" + PARAMETER.sub(value, self.route.replace("^", "")) + query
        return path.format_map(part)


def addresses() -> list[Address]:
    """Return every address of the project's URL configuration, without the tests' own apps, and every bulk action.

    One that an earlier entry with the same route answers is left out.
    """
    found: dict[str, Address] = {}
    for each in _walk(get_resolver("cms.urls").url_patterns):
        if TESTS_OWN not in each.route and each.key.partition("(")[0] != "wagtail_bulk_action":
            found.setdefault(each.route, each)
    return [*found.values(), *_bulk_actions()]


def _bulk_actions() -> Iterator[Address]:
    """Return each action with its model's row of a part, which has the model's name."""
    assert not bulk_action_registry.get_bulk_action_class("", "", "")  # which collects the actions
    for app, models in sorted(bulk_action_registry.actions.items()):
        if TESTS_OWN in app:
            continue
        for model, action in sorted((model, action) for model, actions in models.items() for action in actions):
            route = f"{ADMIN}bulk/{app}/{model}/{action}/?id={{{model}}}&next=/admin/pages/"
            yield Address(f"bulk {app}.{model}.{action}", route)


def _walk(
    patterns: list[URLPattern | URLResolver], prefix: str = "", spaces: tuple[str, ...] = ()
) -> Iterator[Address]:
    for entry in patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, route, (*spaces, *filter(None, [entry.namespace])))
        else:
            name = ":".join([*spaces, entry.name]) if entry.name else f"None {route}"
            parameters = ",".join(PARAMETER.findall(route)) if entry.name and "(?P" not in route else ""
            yield Address(f"{name}({parameters})" if parameters else name, route)
