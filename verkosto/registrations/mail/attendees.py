"""The parts of a mail about the attendees of a registration: how many places, and for whom."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verkosto.core.text import clean_line, without_links
from verkosto.registrations.mail.kinds import MailKind
from verkosto.registrations.models import Guest, Registration

# The kinds of mail to an address that nobody has confirmed. They do not repeat the names that a stranger may have typed.
UNCONFIRMED_KINDS = ("confirm_address", "not_confirmed")

#: The default subject and body of kinds of mail that have another text for several places.
TEXTS_FOR_SEVERAL = {
    "confirmed": (
        gettext_lazy("You’re registered, {places} places: {title}"),
        gettext_lazy("Thank you for registering. You have {places} places at {title}."),
    ),
    "approved": (
        gettext_lazy("Your registration has been approved, {places} places: {title}"),
        gettext_lazy("Your registration has been approved. You have {places} places at {title}."),
    ),
    "waiting": (
        gettext_lazy("You are on the waiting list for {places} places: {title}"),
        gettext_lazy(
            "Thank you for registering for {title}. There are not enough free places, and you are on the waiting list "
            "for {places} places.\n\n"
            "You get them when {places} places are free at the same time. Until then, free places go to others on the "
            "list whom they are enough for. If fewer places would do, change your registration.\n\n"
            "If you can no longer attend, cancel your registration so that someone else can move up the list."
        ),
    ),
    "promoted": (
        gettext_lazy("{places} places are now available for you: {title}"),
        gettext_lazy(
            "{places} places are now available, and they are yours: you’re registered for {title}.\n\n"
            "If some of you cannot attend, change or cancel your registration so that others on the waiting list get the "
            "places."
        ),
    ),
    "offered": (
        gettext_lazy("{places} places are reserved for you: {title}"),
        gettext_lazy(
            "{places} places are now available at {title}. They are reserved for you until {deadline}.\n\n"
            "Let us know whether you want them. After that they will be offered to others on the waiting list."
        ),
    ),
    "offer_lapsed": (
        gettext_lazy("The offer of {places} places has expired: {title}"),
        gettext_lazy(
            "We did not hear from you in time, so the {places} places at {title} have been offered to others on the "
            "waiting list.\n\n"
            "You can join the waiting list again if you wish."
        ),
    ),
}


def default_texts(kind: MailKind, registration: Registration | None) -> tuple[str, str]:
    """Return the default subject and body of a kind of mail to a registration."""
    several = registration is not None and registration.places > 1
    subject, body = TEXTS_FOR_SEVERAL.get(kind.name, ("", "")) if several else ("", "")
    return str(subject or kind.subject), str(body or kind.body)


def attendee_names(registration: Registration | None, kind: str) -> str:
    """Return the names of a registration's attendees; "" if the only attendee is the recipient."""
    if registration is None or kind in UNCONFIRMED_KINDS:
        return ""
    if registration.places == 1 and not registration.shares_address and kind != "already_registered":
        return ""
    names = [registration.name, *(guest.name for guest in guests_of(registration))]
    return ", ".join(without_links(clean_line(name)) for name in names if name)


def guests_of(registration: Registration) -> list[Guest]:
    """Return the guests of a registration, named or not. No query for a single person, or one that is not stored."""
    return list(registration.guests.all()) if registration.places > 1 and registration.pk else []


def people_of(registration: Registration) -> list[Registration | Guest]:
    """Return the person who registered, and their guests, named or not."""
    return [registration, *registration.guests.all()]


def guest_context(guest: Guest, registration: Registration) -> dict[str, object]:
    """Return what a message to a guest says of the two people, as a stranger may have typed them."""
    names = {"guest_name": guest.name, "host": registration.name}
    return {key: without_links(clean_line(name)) for key, name in names.items()}


def attendee_facts(registration: Registration | None, kind: str) -> list[tuple[str, str]]:
    """Return how many places a registration has or asked for, and for whom, as rows of (label, value)."""
    if registration is None:
        return []
    places = str(registration.places) if registration.places > 1 else ""
    rows = [(_("Places"), places), (_("Registration for"), attendee_names(registration, kind))]
    return [(label, value) for label, value in rows if value]
