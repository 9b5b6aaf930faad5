"""Notifying translators: once a day of what is open, at once of urgent changes. Each person chooses."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks import task
from wagtail.models import Locale, TranslatableMixin
from wagtail.users.models import UserProfile

from verkosto.core.originals import translations_of
from verkosto.localisation import upstream
from verkosto.localisation.models import NotificationPreference, TranslationNotification, TranslationState
from verkosto.localisation.permissions.access import translators_of
from verkosto.localisation.workflow.links import edit_url

logger = logging.getLogger(__name__)
LISTED = 20


def wants(user: Any, kind: str) -> bool:
    """Return whether the user wants mails of a kind: "digest" or "urgent"."""
    preference = NotificationPreference.objects.filter(user=user).first()
    return bool(user.email) and (preference is None or getattr(preference, kind))


def language_code_of(user: Any) -> str:
    return UserProfile.get_for_user(user).get_preferred_language()


def write_digests() -> int:
    """Write one mail for each translator and language with open translations; return how many were written."""
    written = 0
    for locale in Locale.objects.order_by("pk"):
        waiting = list(TranslationState.objects.for_translators().filter(locale=locale).by_deadline())
        for user in translators_of(locale.pk) if waiting else []:
            theirs = [state for state in waiting if state.assigned_to_id in (None, user.pk)]
            if theirs and wants(user, "digest"):
                write_digest(user, locale, theirs)
                written += 1
    if written:
        transaction.on_commit(send_notifications.enqueue)
    return written


def write_digest(user: Any, locale: Locale, states: list[TranslationState]) -> TranslationNotification:
    with translation.override(language_code_of(user)):
        words = sum(state.words_left for state in states)
        subject = ngettext(
            "%(language)s: %(count)s page waits for translation",
            "%(language)s: %(count)s pages wait for translation",
            len(states),
        ) % {"language": locale.get_display_name(), "count": len(states)}
        lines = [ngettext("%(count)s word in total.", "%(count)s words in total.", words) % {"count": words}, ""]
        for state in states[:LISTED]:
            label = TranslationState.State(state.state).label
            lines.append(f"{state.title} ({label}, {state.strings_done}/{state.strings_total})")
            lines.append(f"  {settings.WAGTAILADMIN_BASE_URL}{edit_url(state)}")
        return TranslationNotification.objects.create(user=user, subject=subject[:200], body="\n".join(lines))


@transaction.atomic
def notify_urgently(*, original: TranslatableMixin, reason: Any, version: TranslatableMixin | None = None) -> int:
    """Write a mail to the translators of every version, or of one; a lazy `reason` is in each person's language.

    Return how many were written.
    """
    written = 0
    for translation_version in [version] if version is not None else translations_of(original):
        for user in translators_of(translation_version.locale_id):
            if wants(user, "urgent"):
                with translation.override(language_code_of(user)):
                    subject = _("Urgent: %(title)s") % {"title": original}
                    body = f"{reason}\n\n{settings.WAGTAILADMIN_BASE_URL}{upstream.edit_url(translation_version)}"
                    TranslationNotification.objects.create(user=user, subject=subject[:200], body=body)
                    written += 1
    if written:
        transaction.on_commit(send_notifications.enqueue)
    return written


@task()
def send_notifications() -> None:
    """Send what is unsent; a mail that fails stays for the next run."""
    for notification in TranslationNotification.objects.filter(sent_at=None).select_related("user").order_by("pk"):
        try:
            send_mail(notification.subject, notification.body, settings.DEFAULT_FROM_EMAIL, [notification.user.email])
        except OSError:
            logger.exception("Translation notification %s could not be sent", notification.pk)
            continue
        TranslationNotification.objects.filter(pk=notification.pk).update(sent_at=timezone.now())
