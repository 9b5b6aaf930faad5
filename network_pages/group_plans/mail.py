"""The mail to a person who has been placed in a small group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network_pages.member_links import ADDED, CHANNEL, language_of
from network_pages.member_pages import title_of
from network_pages.models import Membership
from verkosto.registrations.admin.mail_previews import MailPreview, preview_mail
from verkosto.registrations.mail import outbox
from verkosto.registrations.models import Desk, Message

PLACED = replace(
    ADDED,
    name="group_formed",
    label=_("New small group"),
    subject=_("Your small group: {title}"),
    body=_(
        "You are now a member of the small group {title} of {network}.\n\n"
        "The link below opens your own page in the group. There you can check your details, choose whether the other "
        "members see them, and leave the group."
    ),
)


def notify_placed(memberships: Sequence[Membership], network: UUID) -> None:
    """Write one mail to each new member of a group, in the running transaction."""
    keys = {membership.translation_key for membership in memberships}
    desks = dict(Desk.objects.filter(translation_key__in=keys).values_list("translation_key", "pk"))
    titles = {code: _title_in(network, code) for code in {*map(language_of, memberships)}}
    outbox.write_rows(
        [
            Message(
                kind=PLACED.name,
                channel=CHANNEL,
                desk_id=desks.get(membership.translation_key),
                recipient=membership.email,
                language=language_of(membership),
                context={"membership": membership.pk, "network": titles[language_of(membership)]},
            )
            for membership in memberships
        ]
    )


def preview_placed(memberships: Sequence[Membership], network: UUID) -> list[MailPreview]:
    """Return the mail in each language of the people who will get it, the most frequent language first."""
    return [_preview(code, number, network) for code, number in Counter(map(language_of, memberships)).most_common()]


def _preview(code: str, number: int, network: UUID) -> MailPreview:
    with translation.override(code):
        context = {
            "name": gettext("(name)"),
            "title": gettext("(name of the group)"),
            "network": _title_in(network, code),
        }
    return preview_mail(Message(kind=PLACED.name, language=code, context=context), number=number)


def _title_in(network: UUID, code: str) -> str:
    with translation.override(code):
        return title_of(network)
