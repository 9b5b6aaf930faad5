"""The app's own kinds of mails: their default texts, and the condition on which each is still true."""

from django.utils.translation import gettext_lazy as _

from verkosto.core.icalendar import CANCEL, REQUEST
from verkosto.registrations.mail import validity
from verkosto.registrations.mail.guest_kinds import GUEST_KINDS
from verkosto.registrations.mail.handover_kinds import HANDOVER_KINDS
from verkosto.registrations.mail.invitation_kinds import INVITATION_KINDS
from verkosto.registrations.mail.mail_kind import VIEW_OR_CHANGE, MailKind

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
        still_applies=validity.can_be_confirmed,
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
        link=VIEW_OR_CHANGE,
        still_applies=validity.awaiting_approval,
    ),
    MailKind(
        name="confirmed",
        label=_("Confirmed"),
        subject=_("You’re registered: {title}"),
        body=_("Thank you for registering. You’re registered for {title}."),
        link=VIEW_OR_CHANGE,
        calendar=REQUEST,
        includes_event_text=True,
        still_applies=validity.has_place_at_event,
    ),
    MailKind(
        name="approved",
        label=_("Approved"),
        subject=_("Your registration has been approved: {title}"),
        body=_("Your registration has been approved. You’re registered for {title}."),
        link=VIEW_OR_CHANGE,
        calendar=REQUEST,
        includes_event_text=True,
        still_applies=validity.has_place_at_event,
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
        link=VIEW_OR_CHANGE,
        still_applies=validity.waits,
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
        link=VIEW_OR_CHANGE,
        calendar=REQUEST,
        includes_event_text=True,
        still_applies=validity.has_place_at_event,
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
        calendar=REQUEST,
        still_applies=validity.has_offer,
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
        calendar=CANCEL,
        still_applies=validity.expired,
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
        still_applies=validity.expired,
    ),
    MailKind(
        name="declined",
        label=_("Declined"),
        subject=_("Your registration could not be accepted: {title}"),
        body=_("Thank you for your interest in {title}. Unfortunately we cannot offer you a place.\n\n{reason}"),
        calendar=CANCEL,
        still_applies=validity.declined,
    ),
    MailKind(
        name="changed",
        label=_("Registration changed"),
        subject=_("Your registration has been changed: {title}"),
        body=_("The details of your registration for {title} have been changed."),
        link=VIEW_OR_CHANGE,
        still_applies=validity.is_active,
    ),
    MailKind(
        name="moved",
        label=_("Moved to another event"),
        subject=_("Your registration has been moved: {title}"),
        body=_("The organiser has moved your registration. You now have a place at {title}.\n\n{left}"),
        link=VIEW_OR_CHANGE,
        calendar=REQUEST,
        includes_event_text=True,
        still_applies=validity.has_place_at_event,
    ),
    MailKind(
        name="left",
        label=_("Moved away from the event"),
        subject=_("You are no longer registered: {title}"),
        body=_(
            "You are no longer registered for {title}. The organiser has moved your registration to another event."
        ),
        calendar=CANCEL,
        still_applies=validity.has_left,
    ),
    *HANDOVER_KINDS,
    *GUEST_KINDS,
    MailKind(
        name="cancelled",
        label=_("Registration cancelled"),
        subject=_("Your registration has been cancelled: {title}"),
        body=_("Your registration for {title} has been cancelled.\n\n{reason}"),
        link=_("View your registration"),
        calendar=CANCEL,
        still_applies=validity.cancelled,
    ),
    MailKind(
        name="already_registered",
        is_repeatable=True,
        label=_("Already registered"),
        subject=_("You are already registered: {title}"),
        body=_(
            "This address already has a registration for {title}. Someone, probably you, has now sent the registration "
            "form again with the same address. Nothing was added or changed, and the first registration is valid.\n\n"
            "If you wanted to change something, use the link below. To register another person, use an email address of "
            "their own, or ask the organiser to register them."
        ),
        link=VIEW_OR_CHANGE,
        still_applies=validity.is_active,
    ),
    MailKind(
        name="links",
        is_repeatable=True,
        label=_("Personal links"),
        subject=_("Your personal links"),
        body=_("You asked for your personal links:"),
        includes_facts=False,
    ),
    MailKind(
        name="not_eligible",
        is_repeatable=True,
        label=_("Not a member"),
        subject=_("Registration is for members only: {title}"),
        body=_(
            "A registration for {title} was made with this address. Registration is for members of the network "
            "only, and this address is not in the network’s member list. {reason}\n\n"
            "If you are a member with another address, register with that address."
        ),
        still_applies=validity.takes_registrations,
    ),
    MailKind(
        name="reminder",
        label=_("Reminder"),
        subject=_("Coming up: {title}"),
        body=_(
            "You are registered for {title}. Welcome!\n\n"
            "If you can no longer attend, cancel your registration so that someone else can have the place."
        ),
        link=VIEW_OR_CHANGE,
        calendar=REQUEST,
        includes_event_text=True,
        still_applies=validity.is_coming_up,
    ),
    MailKind(
        name="joining",
        label=_("Joining instructions"),
        subject=_("How to join: {title}"),
        body=_("How to join {title}:\n\n{joining}\n\n{change}\n\nThe link is personal. Do not share it."),
        link=VIEW_OR_CHANGE,
        calendar=REQUEST,
        still_applies=validity.can_join,
    ),
    MailKind(
        name="event_changed",
        label=_("The event has changed"),
        subject=_("Changed: {title}"),
        body=_("There is a change to {title}. Your registration is still valid.\n\n{change}"),
        link=VIEW_OR_CHANGE,
        calendar=REQUEST,
        still_applies=validity.event_changed,
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
        link=VIEW_OR_CHANGE,
        calendar=REQUEST,
        still_applies=validity.event_postponed,
    ),
    MailKind(
        name="event_moved_online",
        label=_("The event has moved online"),
        subject=_("Moved online: {title}"),
        body=_("{title} will be held online. Your registration is still valid.\n\n{change}"),
        link=VIEW_OR_CHANGE,
        calendar=REQUEST,
        still_applies=validity.event_moved_online,
    ),
    MailKind(
        name="event_cancelled",
        label=_("The event has been cancelled"),
        subject=_("Cancelled: {title}"),
        body=_("Unfortunately {title} has been cancelled.\n\n{change}"),
        link=_("View your registration"),
        calendar=CANCEL,
        still_applies=validity.event_cancelled,
    ),
    MailKind(
        name="follow_up",
        label=_("After the event"),
        subject=_("Thank you for taking part: {title}"),
        body=_("Thank you for taking part in {title}. The materials are on the event’s page."),
        still_applies=validity.has_place,
    ),
    MailKind(
        name="bulk",
        label=_("Message from the organiser"),
        subject="{subject}",
        body="{body}",
        link=VIEW_OR_CHANGE,
        includes_facts=False,
        still_applies=validity.stays_at_desk,
    ),
    *INVITATION_KINDS,
]
