"""Translations that belong to a page and are made in other views, such as those of its emails. Other apps provide them.

The function of the hook ``register_verkosto_related_translations`` returns a provider::

    @hooks.register("register_verkosto_related_translations")
    def email_translations() -> RelatedTranslationsProvider:
        return emails_of

    def emails_of(original: TranslatableMixin, version: TranslatableMixin) -> list[RelatedTranslation]: ...
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wagtail import hooks
from wagtail.models import TranslatableMixin

HOOK = "register_verkosto_related_translations"


@dataclass(frozen=True)
class RelatedTranslation:
    """One such translation. `url` is the admin view in which it is made."""

    label: str
    url: str
    is_done: bool


RelatedTranslationsProvider = Callable[[TranslatableMixin, TranslatableMixin], list[RelatedTranslation]]


def related_translations(original: TranslatableMixin, version: TranslatableMixin) -> list[RelatedTranslation]:
    """Return the related translations of one language version of the original, those that are not done first."""
    found = [row for hook in hooks.get_hooks(HOOK) for row in hook()(original, version)]
    return sorted(found, key=lambda row: row.is_done)
