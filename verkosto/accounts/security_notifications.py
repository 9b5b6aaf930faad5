"""Notifications to the owner of an account of what changes its security, whoever does it and where.

OWASP ASVS 5, requirements 6.3.5 and 6.3.7.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.db import transaction
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from wagtail.users.models import UserProfile

from verkosto.accounts.upstream import sets_password
from verkosto.core.email_addresses import normalise_email

logger = logging.getLogger(__name__)

CHANGES = {
    "email": (
        gettext_lazy("The email address of your account was changed"),
        gettext_lazy("The email address of your account “%(account)s” on %(site)s was changed."),
    ),
    "password": (
        gettext_lazy("The password of your account was changed"),
        gettext_lazy("The password of your account “%(account)s” on %(site)s was changed."),
    ),
    "browser": (
        gettext_lazy("Your account was signed in to with a new browser"),
        gettext_lazy(
            "Your account “%(account)s” on %(site)s was signed in to with a browser not used before: %(detail)s."
        ),
    ),
    "provider": (
        gettext_lazy("Your account was connected to single sign-on"),
        gettext_lazy("Your account “%(account)s” on %(site)s was connected to your organisation’s sign-in."),
    ),
    "factor_added": (
        gettext_lazy("A second factor was added to your account"),
        gettext_lazy("A passkey or authenticator app was added to your account “%(account)s” on %(site)s."),
    ),
    "factor_removed": (
        gettext_lazy("A second factor was removed from your account"),
        gettext_lazy("A passkey or authenticator app was removed from your account “%(account)s” on %(site)s."),
    ),
    "recovery_codes": (
        gettext_lazy("New recovery codes were made for your account"),
        gettext_lazy(
            "New recovery codes were made for your account “%(account)s” on %(site)s. The old ones no longer work."
        ),
    ),
    "recovery_code_used": (
        gettext_lazy("A recovery code of your account was used"),
        gettext_lazy("One of the recovery codes of your account “%(account)s” on %(site)s was used to sign in."),
    ),
}


@receiver(pre_save, sender=User)
def find_changes(
    sender: type,
    instance: User,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: Any,
) -> None:
    """Bring the address into its stored form, and note what changes of the stored account and its address until now."""
    instance.email = normalise_email(instance.email or "")
    instance.security_changes = []  # type: ignore[attr-defined]  # ours, on Django's user
    if raw or instance.pk is None or not {"email", "password"} & set(update_fields or ("email", "password")):
        return
    before = User.objects.filter(pk=instance.pk).values_list("email", flat=True).first()
    if not before:
        return
    changed = {"email": before != instance.email, "password": sets_password(instance)}
    instance.security_changes = [(change, before) for change, is_so in changed.items() if is_so]  # type: ignore[attr-defined]  # likewise


@receiver(post_save, sender=User)
def notify_owner(sender: type, instance: User, **kwargs: Any) -> None:
    """Write to the address that the account had, after the commit."""
    for change, address in getattr(instance, "security_changes", []):
        transaction.on_commit(partial(send_notification, instance, change, address), robust=True)
    instance.security_changes = []  # type: ignore[attr-defined]  # ours, on Django's user


def notify(user: User, change: str, detail: str = "") -> None:
    """Write to the account's address, if it has one, after the commit."""
    if user.email:
        transaction.on_commit(partial(send_notification, user, change, user.email, detail), robust=True)


def send_notification(user: User, change: str, address: str, detail: str = "") -> None:
    """Send a notification in the language of the account. A failure of the mail server is logged."""
    subject, text = CHANGES[change]
    with override(UserProfile.get_for_user(user).get_preferred_language()):
        values = {"account": user.get_username(), "site": settings.WAGTAIL_SITE_NAME, "detail": detail}
        advice = _("If this was not you, contact the administrators of the site at once.")
        try:
            send_mail(str(subject), f"{str(text) % values}\n\n{advice}\n", None, [address])
        except OSError as error:  # SMTPException is one
            logger.error("The notification to account %s was not sent: %s", user.pk, type(error).__name__)
