"""Which page may stand below which, declared by the room that knows both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from wagtail.coreutils import resolve_model_string
from wagtail.models import get_page_models

if TYPE_CHECKING:
    from wagtail.models import Page


class TreeRules(models.Model):
    """Tree rules that a room states from its own side, and that what inherits from a page type inherits with it.

    A page may stand below another where the child's ``parent_page_types`` or the parent's ``subpage_types`` names
    the other. A room names what is to its right alone: a network names the series it may hold, and the series need
    not know that there are networks. A plugin's event type stands wherever an event may, unknown to the index.
    """

    class Meta:
        abstract = True

    @classmethod
    def clean_subpage_models(cls) -> list[type[Page]]:
        return [model for model in get_page_models() if _fits(child=model, parent=cls)]

    @classmethod
    def clean_parent_page_models(cls) -> list[type[Page]]:
        return [model for model in get_page_models() if _fits(child=cls, parent=model)]


def _fits(*, child: type[Page], parent: type[Page]) -> bool:
    above, below = _named(child, "parent_page_types"), _named(parent, "subpage_types")
    if above is None or below is None:
        # Silence allows what the other side does not refuse, as everywhere in Wagtail, save for the root of all sites.
        anywhere = parent is not parent.base_page_model
        return (anywhere if above is None else _holds(above, parent)) and (below is None or _holds(below, child))
    return _holds(above, parent) or _holds(below, child)


def _named(model: type[Page], attribute: str) -> tuple[type[Page], ...] | None:
    """The page types that a model names, or None where it names none; LookupError for one that is no page."""
    names = getattr(model, attribute, None)
    if names is None:
        return None
    return tuple(resolve_model_string(name, model._meta.app_label) for name in names)


def _holds(named: tuple[type[Page], ...], model: type[Page]) -> bool:
    # Every page type inherits from the root's, which therefore stands for itself alone.
    return any(model is one or (one is not model.base_page_model and issubclass(model, one)) for one in named)
