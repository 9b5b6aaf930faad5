"""The email to staff when a webhook was switched off."""

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.users.models import UserProfile

from verkosto.core.users import SignedInUser
from verkosto.registrations.mail import outbox
from verkosto.registrations.mail.kinds import MailKind
from verkosto.registrations.models import Message
from verkosto.webhooks.models import Endpoint

KIND = "webhook_switched_off"


def is_still_off(message: Message) -> bool:
    """Return whether the webhook that a mail is about is still switched off."""
    return Endpoint.objects.filter(pk=message.context.get("endpoint"), is_active=False).exists()


def mail_kind() -> MailKind:
    """Return the kind of mail."""
    return MailKind(
        name=KIND,
        label=_("A webhook was switched off"),
        subject=_("The webhook {webhook} was switched off"),
        body=_(
            "The webhook {webhook} was switched off, because its receiver has not accepted messages.\n\n"
            "The last answer: {problem}\n\n"
            "Ask whoever maintains the receiver to correct it, and then switch the webhook on again. The messages that "
            "wait are sent then. What happens while it is switched off is not."
        ),
        link=_("View the webhook"),
        link_note=_("You get this email because you made the webhook or administer the site."),
        includes_facts=False,
        is_editable=False,
        still_applies=is_still_off,
    )


def write_switched_off(endpoint: Endpoint, problem: str) -> int:
    """Write the mail to the owner, or to the administrators if there is none any more. Return how many."""
    recipients = list(_recipients(endpoint))
    for user in recipients:
        outbox.write(
            KIND,
            recipient=user.email,
            language=UserProfile.get_for_user(user).get_preferred_language(),
            context={
                "endpoint": endpoint.pk,
                "name": user.get_full_name(),
                "webhook": endpoint.name,
                "problem": problem,
                "link": reverse("webhooks:endpoint", args=[endpoint.pk]),
            },
        )
    return len(recipients)


def _recipients(endpoint: Endpoint) -> QuerySet[SignedInUser] | list[SignedInUser]:
    owner = endpoint.owner
    if owner and owner.is_active and owner.email:
        return [owner]
    return get_user_model().objects.filter(is_active=True, is_superuser=True).exclude(email="")
