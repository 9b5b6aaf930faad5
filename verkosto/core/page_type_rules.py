"""The rules for which page types may be below which. Either side may declare them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from wagtail.coreutils import resolve_model_string
from wagtail.models import get_page_models

if TYPE_CHECKING:
    from wagtail.models import Page


class PageTypeRules(models.Model):
    """A page type whose rules either side may declare, and that apply to subclasses too.

    Wagtail allows a child below a parent only if neither side excludes the other. Here it is enough that the child's
    ``parent_page_types`` or the parent's ``subpage_types`` names the other. So an app names only page types of apps
    that it depends on: a network page names event series as its children, and event series need not know about
    networks. A subclass of the event page, in another app, is allowed wherever an event page is.
    """

    class Meta:
        abstract = True

    @classmethod
    def clean_subpage_models(cls) -> list[type[Page]]:
        return [model for model in get_page_models() if _is_allowed(child=model, parent=cls)]

    @classmethod
    def clean_parent_page_models(cls) -> list[type[Page]]:
        return [model for model in get_page_models() if _is_allowed(child=cls, parent=model)]


def _is_allowed(*, child: type[Page], parent: type[Page]) -> bool:
    parents, children = _declared(child, "parent_page_types"), _declared(parent, "subpage_types")
    if parents is None or children is None:
        # As in Wagtail, no declaration allows what the other side does not exclude, except below the root page.
        below_root = parent is parent.base_page_model
        return (not below_root if parents is None else _includes(parents, parent)) and (
            children is None or _includes(children, child)
        )
    return _includes(parents, parent) or _includes(children, child)


def _declared(model: type[Page], attribute: str) -> tuple[type[Page], ...] | None:
    """Return the page types that an attribute names, or None without the attribute.

    Raises LookupError for a name that is not a model.
    """
    names = getattr(model, attribute, None)
    if names is None:
        return None
    return tuple(resolve_model_string(name, model._meta.app_label) for name in names)


def _includes(declared: tuple[type[Page], ...], model: type[Page]) -> bool:
    # Every page type is a subclass of Page, so Page includes only itself: the root page.
    return any(
        model is named or (named is not model.base_page_model and issubclass(model, named)) for named in declared
    )
