"""The addresses to which calendars send what somebody answers: one for each registration, known to nobody else.

The setting ``REGISTRATION_CALENDAR_ADDRESS`` has "{key}" in its place for the registration, such as
"calendar+{key}@example.fi". Whoever knows the address of a registration was sent its calendar entry: the sender of a mail is
easily forged, and the UID of an event is public.
"""

import re

from django.utils.crypto import constant_time_compare, salted_hmac

from verkosto.registrations import conf
from verkosto.registrations.models import Desk, Registration

SALT = "registrations.calendar_replies"
KEY_LENGTH = 24  # hexadecimal digits: 96 bits
PLACE = "{key}"


def takes_replies(desk: Desk) -> bool:
    """Return whether the calendar entries of a desk ask for an answer. It stays as it was when people first registered."""
    return bool(desk.organizer.get("takes_replies") and conf.calendar_address())


def reply_address(registration: Registration) -> str:
    """Return the address to which the calendar of a registrant answers."""
    return conf.calendar_address().replace(PLACE, _key(registration))


def key_in(address: str) -> str:
    """Return the key of a registration in an address; "" for any other address."""
    before, place, after = conf.calendar_address().partition(PLACE)
    if not place:
        return ""
    pattern = f"{re.escape(before)}([0-9a-f]{{{KEY_LENGTH}}}){re.escape(after)}"
    found = re.fullmatch(pattern, address.strip(), re.IGNORECASE)
    return found[1].lower() if found else ""


def opens(key: str, registration: Registration) -> bool:
    """Return whether a key is that of a registration."""
    return constant_time_compare(key, _key(registration))


def _key(registration: Registration) -> str:
    return salted_hmac(SALT, registration.reference, algorithm="sha256").hexdigest()[:KEY_LENGTH]
