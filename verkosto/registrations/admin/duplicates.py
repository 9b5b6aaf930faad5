"""Find people who seem to be registered twice at one desk: with another address, or with the names in another order."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from verkosto.core.email_addresses import fold_email
from verkosto.registrations.models import Desk, Registration


def normalised(text: str) -> str:
    """Return the letters and digits alone, without case and accents: "Ängström, Åke" → "angstromake"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if character.isalnum())


def matching_keys(registration: Registration) -> set[tuple[str, str]]:
    """Return the keys that duplicates share: the name in any order, the address without its tag and dots."""
    names = sorted(filter(None, map(normalised, registration.name.split())))
    keys = {("name", " ".join(names))} if len(names) > 1 else set()
    mailbox, _at, domain = fold_email(registration.email).rpartition("@")
    if domain:
        keys.add(("email", f"{mailbox.replace('.', '')}@{domain}"))
    return keys


def find_duplicates(desk: Desk) -> list[list[Registration]]:
    """Return groups of active registrations that seem to be of one person, the oldest first."""
    rows = desk.registrations.active().filter(purged_at__isnull=True).defer("answers", "agreed").order_by("created_at")
    return group_by_keys(rows)


def group_by_keys(registrations: Iterable[Registration]) -> list[list[Registration]]:
    """Return the registrations grouped by the keys that they share, without those that share none."""
    parent: dict[int, int] = {}
    rows: dict[int, Registration] = {}

    def root(pk: int) -> int:
        while parent[pk] != pk:
            parent[pk] = pk = parent[parent[pk]]
        return pk

    seen: dict[tuple[str, str], int] = {}
    for registration in registrations:
        pk = registration.pk
        rows[pk], parent[pk] = registration, pk
        for key in matching_keys(registration):
            first = seen.setdefault(key, pk)
            parent[root(pk)] = root(first)
    groups: dict[int, list[Registration]] = defaultdict(list)
    for pk, registration in rows.items():
        groups[root(pk)].append(registration)
    return [members for members in groups.values() if len(members) > 1]
