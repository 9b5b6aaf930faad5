"""Telling translators: once a day what waits, at once what cannot. Each person chooses."""

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
from wagtail_localize.models import get_edit_url

from verkosto.localisation.admin.links import edit_url
from verkosto.localisation.models import Notice, NoticePreference, TranslationState
from verkosto.localisation.originals import translations_of
from verkosto.localisation.permissions.locales import translators_of

logger = logging.getLogger(__name__)
LISTED = 20


def wants(user: Any, kind: str) -> bool:
    """`kind` is "digest" or "urgent"."""
    preference = NoticePreference.objects.filter(user=user).first()
    return bool(user.email) and (preference is None or getattr(preference, kind))


def language_code_of(user: Any) -> str:
    return UserProfile.get_for_user(user).get_preferred_language()


def write_digests() -> int:
    """One mail a translator and language, if something waits there; returns how many were written."""
    written = 0
    for locale in Locale.objects.order_by("pk"):
        waiting = list(TranslationState.objects.for_translators().filter(locale=locale).by_urgency())
        for user in translators_of(locale.pk) if waiting else []:
            theirs = [state for state in waiting if state.assigned_to_id in (None, user.pk)]
            if theirs and wants(user, "digest"):
                write_digest(user, locale, theirs)
                written += 1
    if written:
        transaction.on_commit(send_notices.enqueue)
    return written


def write_digest(user: Any, locale: Locale, states: list[TranslationState]) -> Notice:
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
        return Notice.objects.create(user=user, subject=subject[:200], body="\n".join(lines))


@transaction.atomic
def notify_urgently(*, original: TranslatableMixin, reason: Any, version: TranslatableMixin | None = None) -> int:
    """Tells the translators of every version, or of one, at once; a lazy `reason` is read in each person's language."""
    written = 0
    for told in [version] if version is not None else translations_of(original):
        for user in translators_of(told.locale_id):
            if wants(user, "urgent"):
                with translation.override(language_code_of(user)):
                    subject = _("Urgent: %(title)s") % {"title": original}
                    body = f"{reason}\n\n{settings.WAGTAILADMIN_BASE_URL}{get_edit_url(told)}"
                    Notice.objects.create(user=user, subject=subject[:200], body=body)
                    written += 1
    if written:
        transaction.on_commit(send_notices.enqueue)
    return written


@task()
def send_notices() -> None:
    """Sends what is unsent; a notice that fails stays for the next run."""
    for notice in Notice.objects.filter(sent_at=None).select_related("user").order_by("pk"):
        try:
            send_mail(notice.subject, notice.body, settings.DEFAULT_FROM_EMAIL, [notice.user.email])
        except OSError:
            logger.exception("Notice %s could not be sent", notice.pk)
            continue
        Notice.objects.filter(pk=notice.pk).update(sent_at=timezone.now())
