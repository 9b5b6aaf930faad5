"""The mails people get, in our words. Editors may replace the subject and the body, at one desk and in one language."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

PLACEHOLDERS = ("name", "title", "when", "where", "reference", "places", "deadline", "reason", "change", "organiser")
OPENS = _("The link is personal: whoever has it can see and change your registration.")
NOT_TO_PASS_ON = _("The link is personal. Please do not pass it on.")


@dataclass(frozen=True, kw_only=True)
class MailKind:
    """One kind of mail. ``subject`` and ``body`` are words with placeholders in braces; an empty line parts paragraphs."""

    name: str
    label: Any
    subject: Any
    body: Any
    # The words of the button that opens the registration; "" for a mail without a personal link.
    link: Any = ""
    # What is said of the link below it.
    link_note: Any = OPENS
    # "REQUEST" enters the event into the calendar or replaces it, "CANCEL" takes it out (RFC 5546 §3.2).
    calendar: str = ""
    # Whether the event's own words ("text in the mail") and facts are added.
    facts: bool = True
    words: bool = False


SEE = _("See or change your registration")

KINDS = [
    MailKind(
        name="confirm_address",
        label=_("Confirm your address"),
        subject=_("Confirm your registration: {title}"),
        body=_(
            "We have received a registration for {title} with this e-mail address.\n\n"
            "Please confirm it by {deadline}. Until then your registration is being kept for you.\n\n"
            "If you did not register, you need not do anything. The registration will lapse by itself."
        ),
        link=_("Confirm the registration"),
    ),
    MailKind(
        name="received",
        label=_("Received, awaiting approval"),
        subject=_("We have received your registration: {title}"),
        body=_(
            "Thank you for registering for {title}.\n\n"
            "The organiser will go through the registrations. We will write to you when yours has been decided on."
        ),
        link=SEE,
    ),
    MailKind(
        name="confirmed",
        label=_("Confirmed"),
        subject=_("You have a place: {title}"),
        body=_("Thank you for registering. You have a place at {title}."),
        link=SEE,
        calendar="REQUEST",
        words=True,
    ),
    MailKind(
        name="approved",
        label=_("Approved"),
        subject=_("Your registration has been approved: {title}"),
        body=_("Your registration has been approved. You have a place at {title}."),
        link=SEE,
        calendar="REQUEST",
        words=True,
    ),
    MailKind(
        name="waiting",
        label=_("On the waiting list"),
        subject=_("You are on the waiting list: {title}"),
        body=_(
            "Thank you for registering for {title}. All places are taken at the moment, and you are on the waiting list.\n\n"
            "If a place comes free, we will write to you. If you can no longer come, please cancel: "
            "someone else will move up."
        ),
        link=SEE,
    ),
    MailKind(
        name="promoted",
        label=_("A place from the waiting list"),
        subject=_("A place came free for you: {title}"),
        body=_(
            "A place has come free, and it is yours: you now have a place at {title}.\n\n"
            "If you cannot come, please cancel so that the next person in line gets the place."
        ),
        link=SEE,
        calendar="REQUEST",
        words=True,
    ),
    MailKind(
        name="offered",
        label=_("Offer of a place"),
        subject=_("A place is being kept for you: {title}"),
        body=_(
            "A place has come free at {title}. It is being kept for you until {deadline}.\n\n"
            "Please tell us whether you want it. After that it will be offered to the next person in line."
        ),
        link=_("Answer the offer"),
    ),
    MailKind(
        name="offer_lapsed",
        label=_("Offer lapsed"),
        subject=_("The offer of a place has lapsed: {title}"),
        body=_(
            "We did not hear from you in time, and the place at {title} has been offered to the next person in line.\n\n"
            "You can join the waiting list again if you wish."
        ),
        link=_("See your registration"),
    ),
    MailKind(
        name="not_confirmed",
        label=_("Registration lapsed"),
        subject=_("Your registration has lapsed: {title}"),
        body=_(
            "The registration for {title} was not confirmed in time and has lapsed.\n\n"
            "You can register again as long as the registration is open."
        ),
        link=_("See your registration"),
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
        words=True,
    ),
    MailKind(
        name="cancelled",
        label=_("Registration cancelled"),
        subject=_("Your registration has been cancelled: {title}"),
        body=_("Your registration for {title} has been cancelled.\n\n{reason}"),
        link=_("See your registration"),
        calendar="CANCEL",
    ),
    MailKind(
        name="already_registered",
        label=_("Registered already"),
        subject=_("You have registered already: {title}"),
        body=_(
            "Somebody, probably you, registered for {title} again with this address. "
            "Your first registration is valid, and nothing in it has been changed.\n\n"
            "If you wanted to change something, use the link below."
        ),
        link=SEE,
    ),
    MailKind(
        name="links",
        label=_("Links to one's registrations"),
        subject=_("The links to your registrations"),
        body=_("You asked for the links to your registrations. Here they are.\n\n{links}"),
        facts=False,
    ),
    MailKind(
        name="not_eligible",
        label=_("Not a member"),
        subject=_("The registration is for members: {title}"),
        body=_(
            "A registration for {title} was made with this address. The registration is for members of the network, "
            "and we do not know this address as a member's.\n\n"
            "If you are a member under another address, please register with it."
        ),
    ),
    MailKind(
        name="reminder",
        label=_("Reminder"),
        subject=_("Coming up: {title}"),
        body=_(
            "You are registered for {title}. Welcome!\n\n"
            "If something has come up, please cancel so that somebody else can have the place."
        ),
        link=SEE,
        calendar="REQUEST",
        words=True,
    ),
    MailKind(
        name="joining",
        label=_("Joining instructions"),
        subject=_("How to join: {title}"),
        body=_("Here is how you join {title}.\n\n{joining}\n\nThe link is meant for you. Please do not pass it on."),
        link=SEE,
        calendar="REQUEST",
    ),
    MailKind(
        name="event_changed",
        label=_("The event has changed"),
        subject=_("Changed: {title}"),
        body=_("There is a change to {title}. Your registration remains valid.\n\n{change}"),
        link=SEE,
        calendar="REQUEST",
    ),
    MailKind(
        name="event_postponed",
        label=_("The event is postponed"),
        subject=_("Postponed: {title}"),
        body=_(
            "{title} has been postponed. Your registration remains valid for the new time.\n\n{change}\n\n"
            "If the new time does not suit you, please cancel."
        ),
        link=SEE,
        calendar="REQUEST",
    ),
    MailKind(
        name="event_moved_online",
        label=_("The event is moved online"),
        subject=_("Moved online: {title}"),
        body=_("{title} will be held online. Your registration remains valid.\n\n{change}"),
        link=SEE,
        calendar="REQUEST",
    ),
    MailKind(
        name="event_cancelled",
        label=_("The event is cancelled"),
        subject=_("Cancelled: {title}"),
        body=_("Unfortunately {title} has been cancelled.\n\n{change}"),
        link=_("See your registration"),
        calendar="CANCEL",
    ),
    MailKind(
        name="follow_up",
        label=_("After the event"),
        subject=_("Thank you for taking part: {title}"),
        body=_("Thank you for taking part in {title}. You will find the materials on the event's page."),
    ),
    MailKind(
        name="bulk",
        label=_("Mail from the organiser"),
        subject="{subject}",
        body="{body}",
        link=SEE,
        facts=False,
    ),
    MailKind(
        name="invitation",
        label=_("Invitation"),
        subject=_("Invitation: {title}"),
        body=_(
            "You are invited to {title}.\n\nThe invitation is personal. Your code is {code}, and the link below fills it in."
        ),
        link=_("Register"),
        link_note=NOT_TO_PASS_ON,
    ),
    MailKind(
        name="invitation_reminder",
        label=_("Reminder of an invitation"),
        subject=_("We look forward to your answer: {title}"),
        body=_(
            "You are invited to {title}, and we have not heard from you yet.\n\n"
            "Your personal code is {code}, and the link below fills it in."
        ),
        link=_("Register"),
        link_note=NOT_TO_PASS_ON,
    ),
]


@cache
def mail_kinds() -> dict[str, MailKind]:
    """All kinds of mail by name; installed apps add theirs through the hook ``register_mail_kinds``."""
    return {
        kind.name: kind
        for kind in [*KINDS, *(kind for hook in hooks.get_hooks("register_mail_kinds") for kind in hook())]
    }
