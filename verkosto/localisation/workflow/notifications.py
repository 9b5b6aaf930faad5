"""Emails to translators: a daily digest of open translations, and immediate mails about urgent changes.

Each person chooses which they want.
"""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks import task
from wagtail.log_actions import get_active_log_context
from wagtail.models import Locale, TranslatableMixin, WorkflowState
from wagtail.users.models import UserProfile

from verkosto.core.jobs import queue
from verkosto.core.originals import translations_of
from verkosto.core.text import clean_line, shorten
from verkosto.core.users import SignedInUser
from verkosto.localisation import upstream
from verkosto.localisation.models import NotificationPreference, TranslationNotification, TranslationState
from verkosto.localisation.permissions.access import TRANSLATOR, group_members, may_edit, states_for
from verkosto.localisation.workflow.admin_urls import edit_url

logger = logging.getLogger(__name__)
MAX_LISTED = 20  # translations in one digest
SUBJECT_LENGTH = 200  # characters


def fitting(subject: str) -> str:
    """Return a mail's subject on one line, and not longer than its column."""
    return shorten(clean_line(subject), SUBJECT_LENGTH)


def enqueue_notifications() -> None:
    """Have a worker send the written mails, with priority over tasks such as the update of the search index."""
    queue.enqueue(send_notifications, priority=queue.MAIL_PRIORITY)


def wants(user: SignedInUser, kind: str) -> bool:
    """Return whether the user wants mails of a kind: "digest", "urgent" or "comments"."""
    preference = NotificationPreference.objects.filter(user=user).first()
    return bool(user.email) and (preference is None or getattr(preference, kind))


def language_code_of(user: SignedInUser) -> str:
    """Return the language in which a user has chosen to see the admin."""
    return UserProfile.get_for_user(user).get_preferred_language()


def write_digests() -> int:
    """Write a mail to each translator for each language with open translations. Return how many."""
    written = 0
    for locale in Locale.objects.order_by("pk"):
        for user in group_members(TRANSLATOR, locale):
            waiting = states_for(user).for_translators().filter(locale=locale)
            theirs = list(waiting.filter(Q(assigned_to=None) | Q(assigned_to=user)).by_deadline())
            if theirs and wants(user, "digest"):
                write_digest(user, locale, theirs)
                written += 1
    if written:
        transaction.on_commit(enqueue_notifications, robust=True)
    return written


def write_digest(user: SignedInUser, locale: Locale, states: list[TranslationState]) -> TranslationNotification:
    """Write a mail that lists a translator's open translations into one language."""
    with translation.override(language_code_of(user)):
        words = sum(state.words_left for state in states)
        subject = ngettext(
            "%(language)s: %(count)s page waits for translation",
            "%(language)s: %(count)s pages wait for translation",
            len(states),
        ) % {"language": locale.get_display_name(), "count": len(states)}
        lines = [ngettext("%(count)s word in total.", "%(count)s words in total.", words) % {"count": words}, ""]
        for state in states[:MAX_LISTED]:
            label = TranslationState.State(state.state).label
            lines.append(f"{state.title} ({label}, {state.strings_done}/{state.strings_total})")
            if state.is_rejected:
                lines.append("  " + _("Rejected: %(comment)s") % {"comment": state.review_comment})
            lines.append(f"  {settings.WAGTAILADMIN_BASE_URL}{edit_url(state)}")
        return TranslationNotification.objects.create(user=user, subject=fitting(subject), body="\n".join(lines))


def authors_of(original: TranslatableMixin) -> set[int]:
    """Return the pks of the user who makes the current change and of the author of the live revision."""
    revision = getattr(original, "live_revision", None)
    context = get_active_log_context()
    users = [revision.user_id if revision else None, context.user.pk if context.user else None]
    return {pk for pk in users if pk is not None}


@transaction.atomic
def notify_of_rejection(
    workflow_state: WorkflowState, *, by: SignedInUser | None = None
) -> TranslationNotification | None:
    """Write a mail with the reviewer's comment to the person to whom a rejected translation is assigned.

    Wagtail mails the person who submitted it.
    """
    version = workflow_state.content_object
    if not isinstance(version, TranslatableMixin):
        return None
    state = TranslationState.objects.of(version).select_related("assigned_to").first()
    user = state.assigned_to if state else None
    if user is None or user in (by, workflow_state.requested_by) or not wants(user, "urgent"):
        return None
    task_state = workflow_state.current_task_state
    with translation.override(language_code_of(user)):
        subject = _("Rejected: %(title)s") % {"title": version}
        body = f"{task_state.comment}\n\n{settings.WAGTAILADMIN_BASE_URL}{upstream.edit_url(version)}".strip()
        row = TranslationNotification.objects.create(user=user, subject=subject[:200], body=body)
    transaction.on_commit(send_notifications.enqueue)
    return row


@transaction.atomic
def notify_urgently(
    *, original: TranslatableMixin, reason: str | Promise, version: TranslatableMixin | None = None
) -> int:
    """Write a mail about an urgent change to the translators of all versions, or of one. Return how many.

    A lazy `reason` is translated into each person's language. The authors of the change get no mail.
    """
    written = 0
    authors = authors_of(original)
    for translation_version in [version] if version is not None else translations_of(original):
        for user in group_members(TRANSLATOR, translation_version.locale).exclude(pk__in=authors):
            if may_edit(user, translation_version) and wants(user, "urgent"):
                with translation.override(language_code_of(user)):
                    subject = _("Urgent: %(title)s") % {"title": original}
                    body = f"{reason}\n\n{settings.WAGTAILADMIN_BASE_URL}{upstream.edit_url(translation_version)}"
                    TranslationNotification.objects.create(user=user, subject=fitting(subject), body=body)
                    written += 1
    if written:
        transaction.on_commit(enqueue_notifications, robust=True)
    return written


@task()
def send_notifications() -> None:
    """Send the mails that are not sent yet. One that fails is tried again in the next run."""
    for notification in TranslationNotification.objects.filter(sent_at=None).select_related("user").order_by("pk"):
        try:
            send_mail(notification.subject, notification.body, settings.DEFAULT_FROM_EMAIL, [notification.user.email])
        except OSError:
            logger.exception("Translation notification %s could not be sent", notification.pk)
            continue
        TranslationNotification.objects.filter(pk=notification.pk).update(sent_at=timezone.now())
