"""People who seem to be registered twice at one desk: under another address, or with the name turned round."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from verkosto.registrations.models import Desk, Registration


def plain(text: str) -> str:
    """Letters and digits alone, without case and accents: "Ängström, Åke" → "angstromake"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if character.isalnum())


def matching_keys(registration: Registration) -> set[tuple[str, str]]:
    """What a registration is alike by: its name in any order, its address without tags and dots."""
    words = sorted(filter(None, map(plain, registration.name.split())))
    keys = {("name", " ".join(words))} if len(words) > 1 else set()
    local, _at, domain = registration.email.casefold().partition("@")
    mailbox = local.split("+")[0].replace(".", "")
    if domain:
        keys.add(("email", f"{mailbox}@{domain}"))
    return keys


def find_duplicates(desk: Desk) -> list[list[Registration]]:
    """Groups of active registrations that seem to be of one person, the oldest first in each."""
    rows = desk.registrations.active().filter(purged_at__isnull=True).defer("answers", "agreed").order_by("created_at")
    return group(rows)


def group(registrations: Iterable[Registration]) -> list[list[Registration]]:
    """Registrations joined by any key that they share; single ones left out."""
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
