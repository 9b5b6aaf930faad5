"""Dismissing a warning about a translated string, with a reason, and taking that back."""

from __future__ import annotations

from django.utils.translation import gettext as _
from wagtail_localize.models import StringTranslation, Translation

from verkosto.core.text import clean_line
from verkosto.core.users import SignedInUser
from verkosto.localisation.models import CheckKind, DismissedCheck

MAX_REASON = 200  # characters


class NotDismissed(Exception):
    """The warning cannot be dismissed; the message says what to do."""


def dismiss_check(*, translation: Translation, key: str, kind: str, reason: str, by: SignedInUser) -> DismissedCheck:
    """Hide a warning about a string until its translation changes. Raises NotDismissed.

    `key` is "<pk of the string>-<pk of its context>", as in the editor's form.
    """
    reason = clean_line(reason)[:MAX_REASON]
    if not reason:
        raise NotDismissed(_("Enter the reason why the warning does not apply."))
    stored = _stored(translation, key)
    if stored is None or kind not in CheckKind:
        raise NotDismissed(_("This text has changed meanwhile. Reload the page."))
    dismissed, _created = DismissedCheck.objects.update_or_create(
        string_id=stored.translation_of_id,
        context_id=stored.context_id,
        locale_id=stored.locale_id,
        kind=kind,
        defaults={"text": stored.data, "reason": reason, "by": by},
    )
    return dismissed


def restore_check(*, translation: Translation, key: str, kind: str) -> None:
    """Show a dismissed warning again."""
    if stored := _stored(translation, key):
        DismissedCheck.objects.filter(
            string=stored.translation_of_id, context=stored.context_id, locale=stored.locale_id, kind=kind
        ).delete()


def _stored(translation: Translation, key: str) -> StringTranslation | None:
    """Return what is stored for a string of the translation's source; None if there is no such string."""
    string, _separator, context = key.partition("-")
    if not (string.isdecimal() and context.isdecimal()):
        return None
    if not translation.source.stringsegment_set.filter(string=string, context=context).exists():
        return None
    stored = StringTranslation.objects.filter(
        translation_of=string, context=context, locale_id=translation.target_locale_id
    )
    return stored.first()
