"""What belongs to a page and is translated elsewhere, such as its mails. Installed apps know, through a hook.

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
    """`url` is the admin view where it is translated."""

    label: str
    url: str
    is_done: bool


RelatedTranslationsProvider = Callable[[TranslatableMixin, TranslatableMixin], list[RelatedTranslation]]


def related_translations(original: TranslatableMixin, version: TranslatableMixin) -> list[RelatedTranslation]:
    """Return what is translated with one language version of the original, what is not done first."""
    found = [row for hook in hooks.get_hooks(HOOK) for row in hook()(original, version)]
    return sorted(found, key=lambda row: row.is_done)
