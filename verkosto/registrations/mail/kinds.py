"""Kinds of mails with their default texts, which editors may replace at one desk and in one language."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

PLACEHOLDERS = ("name", "title", "when", "where", "reference", "places", "deadline", "reason", "change", "organiser")
OPENS = _("The link is personal. Anyone who has it can view and change your registration.")
NOT_TO_PASS_ON = _("The link is personal. Do not share it.")


@dataclass(frozen=True, kw_only=True)
class MailKind:
    """One kind of mail. ``subject`` and ``body`` hold placeholders in braces; an empty line separates paragraphs."""

    name: str
    label: Any
    subject: Any
    body: Any
    # The label of the button that opens the registration; "" for a mail without a personal link.
    link: Any = ""
    # A note below the link.
    link_note: Any = OPENS
    # "REQUEST" adds the event to the calendar or replaces it there, "CANCEL" removes it (RFC 5546 §3.2).
    calendar: str = ""
    # Whether the event's facts are listed, and whether its own text in mails is added.
    includes_facts: bool = True
    includes_event_text: bool = False


SEE = _("View or change your registration")

KINDS = [
    MailKind(
        name="confirm_address",
        label=_("Confirm your address"),
        subject=_("Confirm your registration: {title}"),
        body=_(
            "We have received a registration for {title} with this email address.\n\n"
            "Confirm it by {deadline}. Until then we hold your registration.\n\n"
            "If you did not register, you do not need to do anything. The registration will expire automatically."
        ),
        link=_("Confirm the registration"),
    ),
    MailKind(
        name="received",
        label=_("Received, awaiting approval"),
        subject=_("We have received your registration: {title}"),
        body=_(
            "Thank you for registering for {title}.\n\n"
            "The organiser will review the registrations. We will notify you when a decision has been made on "
            "yours."
        ),
        link=SEE,
    ),
    MailKind(
        name="confirmed",
        label=_("Confirmed"),
        subject=_("You’re registered: {title}"),
        body=_("Thank you for registering. You’re registered for {title}."),
        link=SEE,
        calendar="REQUEST",
        includes_event_text=True,
    ),
    MailKind(
        name="approved",
        label=_("Approved"),
        subject=_("Your registration has been approved: {title}"),
        body=_("Your registration has been approved. You’re registered for {title}."),
        link=SEE,
        calendar="REQUEST",
        includes_event_text=True,
    ),
    MailKind(
        name="waiting",
        label=_("On the waiting list"),
        subject=_("You are on the waiting list: {title}"),
        body=_(
            "Thank you for registering for {title}. All places are currently taken, and you are on the waiting "
            "list.\n\n"
            "If a place becomes available, we will notify you. If you can no longer attend, cancel your "
            "registration so that someone else can move up the list."
        ),
        link=SEE,
    ),
    MailKind(
        name="promoted",
        label=_("A place from the waiting list"),
        subject=_("A place is now available for you: {title}"),
        body=_(
            "A place is now available, and it is yours: you’re registered for {title}.\n\n"
            "If you cannot attend, cancel your registration so that the next person on the waiting list gets the "
            "place."
        ),
        link=SEE,
        calendar="REQUEST",
        includes_event_text=True,
    ),
    MailKind(
        name="offered",
        label=_("Offer of a place"),
        subject=_("A place is reserved for you: {title}"),
        body=_(
            "A place is now available at {title}. It is reserved for you until {deadline}.\n\n"
            "Let us know whether you want the place. After that it will be offered to the next person on the "
            "waiting list."
        ),
        link=_("Answer the offer"),
    ),
    MailKind(
        name="offer_lapsed",
        label=_("Offer expired"),
        subject=_("The offer of a place has expired: {title}"),
        body=_(
            "We did not hear from you in time, so the place at {title} has been offered to the next person on "
            "the waiting list.\n\n"
            "You can join the waiting list again if you wish."
        ),
        link=_("View your registration"),
    ),
    MailKind(
        name="not_confirmed",
        label=_("Registration expired"),
        subject=_("Your registration has expired: {title}"),
        body=_(
            "The registration for {title} was not confirmed in time and has expired.\n\n"
            "You can register again as long as registration is open."
        ),
        link=_("View your registration"),
    ),
    MailKind(
        name="declined",
        label=_("Declined"),
        subject=_("Your registration could not be accepted: {title}"),
        body=_("Thank you for your interest in {title}. Unfortunately we cannot offer you a place.\n\n{reason}"),
        calendar="CANCEL",
    ),
    MailKind(
        name="changed",
        label=_("Registration changed"),
        subject=_("Your registration has been changed: {title}"),
        body=_("The details of your registration for {title} have been changed."),
        link=SEE,
    ),
    MailKind(
        name="moved",
        label=_("Moved to another event"),
        subject=_("Your registration has been moved: {title}"),
        body=_("The organiser has moved your registration. You now have a place at {title}.\n\n{left}"),
        link=SEE,
        calendar="REQUEST",
        includes_event_text=True,
    ),
    MailKind(
        name="cancelled",
        label=_("Registration cancelled"),
        subject=_("Your registration has been cancelled: {title}"),
        body=_("Your registration for {title} has been cancelled.\n\n{reason}"),
        link=_("View your registration"),
        calendar="CANCEL",
    ),
    MailKind(
        name="already_registered",
        label=_("Already registered"),
        subject=_("You are already registered: {title}"),
        body=_(
            "This address already has a registration for {title}. Someone, probably you, has now sent the registration "
            "form again with the same address. Nothing was added or changed, and the first registration is valid.\n\n"
            "If you wanted to change something, use the link below. To register another person, use an email address of "
            "their own, or ask the organiser to register them."
        ),
        link=SEE,
    ),
    MailKind(
        name="links",
        label=_("Links to your registrations"),
        subject=_("Your registration links"),
        body=_("You asked for the links to your registrations:\n\n{links}"),
        includes_facts=False,
    ),
    MailKind(
        name="not_eligible",
        label=_("Not a member"),
        subject=_("Registration is for members only: {title}"),
        body=_(
            "A registration for {title} was made with this address. Registration is for members of the network "
            "only, and this address is not in the network’s member list.\n\n"
            "If you are a member with another address, register with that address."
        ),
    ),
    MailKind(
        name="reminder",
        label=_("Reminder"),
        subject=_("Coming up: {title}"),
        body=_(
            "You are registered for {title}. Welcome!\n\n"
            "If you can no longer attend, cancel your registration so that someone else can have the place."
        ),
        link=SEE,
        calendar="REQUEST",
        includes_event_text=True,
    ),
    MailKind(
        name="joining",
        label=_("Joining instructions"),
        subject=_("How to join: {title}"),
        body=_("How to join {title}:\n\n{joining}\n\nThe link is personal. Do not share it."),
        link=SEE,
        calendar="REQUEST",
    ),
    MailKind(
        name="event_changed",
        label=_("The event has changed"),
        subject=_("Changed: {title}"),
        body=_("There is a change to {title}. Your registration is still valid.\n\n{change}"),
        link=SEE,
        calendar="REQUEST",
    ),
    MailKind(
        name="event_postponed",
        label=_("The event has been postponed"),
        subject=_("Postponed: {title}"),
        body=_(
            "{title} has been postponed. Your registration is valid for the new date.\n\n"
            "{change}\n\n"
            "If the new date does not suit you, cancel your registration."
        ),
        link=SEE,
        calendar="REQUEST",
    ),
    MailKind(
        name="event_moved_online",
        label=_("The event has moved online"),
        subject=_("Moved online: {title}"),
        body=_("{title} will be held online. Your registration is still valid.\n\n{change}"),
        link=SEE,
        calendar="REQUEST",
    ),
    MailKind(
        name="event_cancelled",
        label=_("The event has been cancelled"),
        subject=_("Cancelled: {title}"),
        body=_("Unfortunately {title} has been cancelled.\n\n{change}"),
        link=_("View your registration"),
        calendar="CANCEL",
    ),
    MailKind(
        name="follow_up",
        label=_("After the event"),
        subject=_("Thank you for taking part: {title}"),
        body=_("Thank you for taking part in {title}. The materials are on the event’s page."),
    ),
    MailKind(
        name="bulk",
        label=_("Message from the organiser"),
        subject="{subject}",
        body="{body}",
        link=SEE,
        includes_facts=False,
    ),
    MailKind(
        name="invitation",
        label=_("Invitation"),
        subject=_("Invitation: {title}"),
        body=_(
            "You are invited to {title}.\n\n"
            "The invitation is personal. Your code is {code}. The link below fills it in for you."
        ),
        link=_("Register"),
        link_note=NOT_TO_PASS_ON,
    ),
    MailKind(
        name="invitation_reminder",
        label=_("Invitation reminder"),
        subject=_("We look forward to your answer: {title}"),
        body=_(
            "You are invited to {title}, and we have not received your answer yet.\n\n"
            "Your personal code is {code}. The link below fills it in for you."
        ),
        link=_("Register"),
        link_note=NOT_TO_PASS_ON,
    ),
]


@cache
def mail_kinds() -> dict[str, MailKind]:
    """Return all kinds of mail by name; an app adds its own through the hook ``register_verkosto_mail_kinds``."""
    return {
        kind.name: kind
        for kind in [*KINDS, *(kind for hook in hooks.get_hooks("register_verkosto_mail_kinds") for kind in hook())]
    }
