"""The store of archives before erasure, for the registry of personal data: found by the addresses in their files."""

from verkosto.registrations.privacy.archives import KEPT, archives_with, erase_from_archives
from verkosto.registrations.privacy.personal_data import PersonalDataStore


def _archives(email: str) -> list[dict[str, object]]:
    """Return the archives in which the person is. They repeat the registration."""
    return [
        {
            "title": archive.desk.title,
            "made": archive.made_at.isoformat(),
            "deleted": (archive.made_at + KEPT).isoformat(),
        }
        for archive in archives_with(email)
        if archive.made_at
    ]


ARCHIVE_STORE = PersonalDataStore(
    "archives", _archives, erase_from_archives, models=("verkosto_registrations.RegistrationArchive",)
)
