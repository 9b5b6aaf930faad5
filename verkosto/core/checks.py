"""System checks. Each names the line that is missing in the project."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections
from django.template import TemplateDoesNotExist, TemplateSyntaxError, loader
from django.template.base import NodeList
from django.template.context import Context
from django.template.loader_tags import BlockNode, ExtendsNode
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string
from modelsearch.conf import get_app_config
from wagtail.models import Site

from verkosto.core.base_template import base_context, base_template
from verkosto.core.trigrams import has_trigrams

PAGE_TEMPLATE = "verkosto_core/page.html"
CONTENT_BLOCK = "main"
INCLUDE = 'path("", include("verkosto.urls"))'


def missing_urls(name: str, *args: Any, app: str, identifier: str) -> list[CheckMessage]:
    """Return a warning where the project includes no URL of this name."""
    if not getattr(settings, "ROOT_URLCONF", ""):
        return []
    try:
        reverse(name, args=args)
    except NoReverseMatch:
        hint = f"Add {INCLUDE} to {settings.ROOT_URLCONF}, before Wagtail's own include."
        return [Warning(f"The URLs of {app} are not included.", hint=hint, id=identifier)]
    return []


def missing_middleware(path: str, *, purpose: str, after: str, identifier: str) -> list[CheckMessage]:
    """Return a warning if neither a middleware nor a subclass of it is in MIDDLEWARE.

    ``purpose`` completes the sentence "Without it, …".
    """
    if any(issubclass(found, import_string(path)) for found in _middleware_classes()):
        return []
    hint = f'Add "{path}" to MIDDLEWARE, after "{after}". Without it, {purpose}.'
    return [Warning(f"{path.rpartition('.')[2]} is not in MIDDLEWARE.", hint=hint, id=identifier)]


def _middleware_classes() -> Iterator[type]:
    for path in settings.MIDDLEWARE:
        try:
            found = import_string(path)
        except ImportError:  # Django reports it when the server starts
            continue
        if isinstance(found, type):
            yield found


@register(Tags.urls)
def urls_are_included(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    key = "00000000-0000-0000-0000-000000000000"
    return missing_urls("constellation_image", key, app="Verkosto", identifier="verkosto_core.W001")


@register(Tags.templates)
def content_has_its_place(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Warn if the base template lacks the block of the pages' content: pages would be empty, with status 200."""
    setting = f'VERKOSTO_BASE_TEMPLATE ("{base_template()}")'
    try:
        shown = shown_blocks(PAGE_TEMPLATE)
    except TemplateDoesNotExist as missing:
        return [Error(f"{setting} cannot be loaded: no template {missing}.", id="verkosto_core.E001")]
    except TemplateSyntaxError as problem:
        return [Error(f"{setting} cannot be loaded: {problem}", id="verkosto_core.E002")]
    if CONTENT_BLOCK in shown:
        return []
    hint = (
        f"Give it {{% block {CONTENT_BLOCK} %}}{{% endblock %}} or {{% block content %}}{{% endblock %}}, or write a "
        f"{PAGE_TEMPLATE} of your own that wraps {CONTENT_BLOCK} in a block that it has."
    )
    return [Warning(f"{setting} shows no content of Verkosto's pages.", hint=hint, id="verkosto_core.W002")]


def shown_blocks(name: str) -> set[str]:
    """Return the names of the blocks that a template outputs, including those of the templates that it extends.

    Nothing is rendered, so that the check needs no database. Raises TemplateDoesNotExist or TemplateSyntaxError.
    """
    context = Context(base_context())
    definitions: dict[str, BlockNode] = {}  # the deepest child's come first
    nodes = _nodes_of(name)
    while True:
        for block in _blocks(nodes):
            definitions.setdefault(block.name, block)
        extends = next((node for node in nodes.get_nodes_by_type(ExtendsNode) if isinstance(node, ExtendsNode)), None)
        if extends is None:
            break
        nodes = _nodes_of(extends.parent_name.resolve(context))  # type: ignore[union-attr]  # a FilterExpression
    shown: set[str] = set()
    waiting = [block.name for block in _blocks(nodes)]
    while waiting:
        block_name = waiting.pop()
        if block_name not in shown:
            shown.add(block_name)
            waiting.extend(block.name for block in _blocks(definitions[block_name].nodelist))
    return shown


def _nodes_of(name: str) -> NodeList:
    return loader.get_template(name).template.nodelist  # type: ignore[attr-defined]  # Django's own engine


def _blocks(nodes: NodeList) -> list[BlockNode]:
    return [node for node in nodes.get_nodes_by_type(BlockNode) if isinstance(node, BlockNode)]


@register()
def publishing_rules_are_named(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Warn if the views of Wagtail that publish without calling a hook are not guarded: the admin's API and workflows."""
    return missing_middleware(
        "verkosto.core.publishing_rules.PublishingRulesMiddleware",
        purpose="the admin's API publishes locked and unfinished pages",
        after="django.contrib.messages.middleware.MessageMiddleware",
        identifier="verkosto_core.W004",
    )


@register(Tags.database)
def site_has_an_address(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Warn if links in a public site's mails would lead to ``localhost`` (only with ``check --database default``)."""
    named = getattr(settings, "SITE_URL", "")
    if not databases or settings.DEBUG or named:
        return []
    site = Site.objects.filter(is_default_site=True).first()
    if site is None or site.hostname != "localhost":
        return []
    hint = "Give Wagtail's site its host name under Settings > Sites, or name it in SITE_URL."
    return [Warning("Links in mails lead to localhost.", hint=hint, id="verkosto_core.W003")]


@register(Tags.database)
def searches_have_an_index(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Warn if PostgreSQL has no trigrams: searches find the same, but read every row (only with ``check --database``).

    Not before the first ``migrate``, which creates them.
    """
    table = get_app_config().get_model("IndexEntry")._meta.db_table
    missing = [
        name
        for name in databases or []
        if connections[name].vendor == "postgresql"
        and table in connections[name].introspection.table_names()
        and not has_trigrams(name)
    ]
    hint = "As the owner of the database or as a superuser, run CREATE EXTENSION pg_trgm, then run migrate."
    return [
        Warning(f"The database {name!r} lacks the extension pg_trgm.", hint=hint, id="verkosto_core.W005")
        for name in missing
    ]
