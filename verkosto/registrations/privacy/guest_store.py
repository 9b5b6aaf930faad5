"""The store of guests, whom registered people bring, for the registry of personal data."""

from collections.abc import Collection

from verkosto.core.transactions import in_transaction
from verkosto.registrations.domain.guests import erase_guest
from verkosto.registrations.models import Guest
from verkosto.registrations.privacy.archives import discard_archives
from verkosto.registrations.privacy.data_export import answers_of, guest_meetings
from verkosto.registrations.privacy.personal_data import PersonalDataStore


def _guests(email: str) -> list[dict[str, object]]:
    return [
        {
            "title": guest.registration.desk.title,
            "name": guest.name,
            "email": guest.email,
            "organisation": guest.organisation,
            "attendance": guest.attendance,
            "answers": answers_of(guest, guest.registration.desk, guest.registration.language),
            "meetings": guest_meetings(guest, guest.registration),
            "registered_by": guest.registration.name,
        }
        for guest in Guest.objects.filter(email=email).select_related("registration__desk", "sensitive")
    ]


def _names(email: str) -> Collection[str]:
    return set(Guest.objects.filter(email=email).values_list("name", flat=True))


@in_transaction
def _erase(*, email: str) -> int:
    """Erase a guest from all registrations. The places stay with those who brought them."""
    guests = list(Guest.objects.filter(email=email).select_related("registration__desk"))
    for guest in guests:
        erase_guest(guest)
        discard_archives(guest.registration.desk)
    return len(guests)


GUEST_STORE = PersonalDataStore(
    "guests",
    _guests,
    lambda email: _erase(email=email),
    names=_names,
    models=(
        "verkosto_registrations.Guest",
        "verkosto_registrations.GuestSensitiveAnswers",
        "verkosto_registrations.GuestParticipation",
    ),
)
