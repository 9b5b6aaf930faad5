"""The mail to the contacts of an organisation that has got its learning pair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network_pages.group_plans.texts import listed
from network_pages.models import PairApplicant, PairPlan
from network_pages.pair_plans.applications import name_of
from verkosto.core.text import clean_line, without_links
from verkosto.registrations.admin.mail_previews import MailPreview, example_registration, preview_mail
from verkosto.registrations.enums import RegistrationStatus
from verkosto.registrations.mail import outbox, validity
from verkosto.registrations.mail.default_kinds import VIEW_OR_CHANGE
from verkosto.registrations.mail.kinds import MailKind
from verkosto.registrations.models import Desk, Message, Registration

PAIRED = MailKind(
    name="pair_formed",
    label=_("Learning pair"),
    subject=_("Your learning pair: {title}"),
    body=_("In {title} your organisation works together with {partners}.\n\nYour theme: {theme}"),
    link=VIEW_OR_CHANGE,
    includes_facts=False,
    is_editable=False,
    still_applies=validity.has_place,
)

#: The theme of the pair with a number, in a language.
ThemeOf = Callable[[int, str], str]


def contacts_of(plan: PairPlan, pairs: Mapping[int, Sequence[PairApplicant]]) -> list[tuple[int, Registration]]:
    """Return the people to notify: (number of the pair, application), all with a place of the same organisations."""
    number = {
        row.registration.organisation_key: number
        for number, rows in pairs.items()
        for row in rows
        if row.registration is not None
    }
    found = Registration.objects.filter(
        desk__translation_key=plan.translation_key,
        status=RegistrationStatus.CONFIRMED,
        purged_at=None,
        organisation_key__in=number,
    ).exclude(email="")
    return [(number[each.organisation_key], each) for each in found.order_by("pk")]


def notify_paired(plan: PairPlan, pairs: Mapping[int, Sequence[PairApplicant]], theme_of: ThemeOf) -> int:
    """Write one mail to each contact, in the running transaction. Return how many."""
    contacts = contacts_of(plan, pairs)
    outbox.write_rows(
        [_message(contact, pairs[number], theme_of(number, contact.language)) for number, contact in contacts]
    )
    return len(contacts)


def preview_paired(plan: PairPlan, pairs: Mapping[int, Sequence[PairApplicant]]) -> list[MailPreview]:
    """Return the mail in each language of the contacts, the most frequent language first."""
    desk = Desk.objects.filter(translation_key=plan.translation_key).first()
    if desk is None:
        return []
    languages = Counter(contact.language for _number, contact in contacts_of(plan, pairs))
    return [_preview(desk, code, number) for code, number in languages.most_common()]


def _message(contact: Registration, rows: Sequence[PairApplicant], theme: str) -> Message:
    with translation.override(contact.language):
        partners = listed(
            [
                row.name if row.registration is None else name_of(row.registration, contact.language)
                for row in rows
                if row.registration is None or row.registration.organisation_key != contact.organisation_key
            ]
        )
    return Message(
        kind=PAIRED.name,
        registration=contact,
        desk_id=contact.desk_id,
        recipient=contact.email,
        language=contact.language,
        # What applicants typed must not become a link in a mail of ours.
        context={"partners": without_links(clean_line(partners)), "theme": without_links(clean_line(theme))},
    )


def _preview(desk: Desk, code: str, number: int) -> MailPreview:
    with translation.override(code):
        context = {"partners": gettext("(names of the organisations)"), "theme": gettext("(theme)")}
    message = Message(
        kind=PAIRED.name, desk=desk, registration=example_registration(desk, code), language=code, context=context
    )
    return preview_mail(message, number=number)
