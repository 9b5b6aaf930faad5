"""Importing members of a network from a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from wagtail.log_actions import log

from network_pages.models import Member, NetworkPage
from verkosto.core.text import clean_name
from verkosto.directory.models import Organisation
from verkosto.registrations.domain.address_lists import line_error, read_rows


@dataclass(frozen=True, kw_only=True)
class NewMember:
    """A person to add, as read from a list."""

    email: str
    name: str = ""
    organisation: Organisation | None = None


@dataclass(frozen=True)
class ImportPlan:
    """What importing a list would do to a network.

    ``duplicates`` counts those who are members already or occur twice; ``problems`` says what is wrong with which line.
    """

    new_members: list[NewMember]
    duplicates: int
    problems: list[str]


def plan_import(text: str, *, network: NetworkPage) -> ImportPlan:
    """Read people from CSV (address, name, organisation by its name in the directory). Change nothing. Two queries."""
    existing = _addresses_of_members(network)
    organisations = {entry.name.casefold(): entry for entry in Organisation.objects.order_by("-pk")}
    new_members: dict[str, NewMember] = {}
    problems, duplicates = [], 0
    for number, row, address in read_rows(text):
        if not address:
            problems.append(line_error(number, row))
            continue
        if address in existing or address in new_members:
            duplicates += 1
            continue
        name, named, *_rest = [*(cell for cell in row if "@" not in cell), "", ""]
        organisation = organisations.get(named.casefold())
        if named and organisation is None:
            message = gettext("Line %(number)s: the directory has no organisation called %(name)s.")
            problems.append(message % {"number": number, "name": named[:200]})
            continue
        new_members[address] = NewMember(email=address, name=clean_name(name)[:200], organisation=organisation)
    return ImportPlan(list(new_members.values()), duplicates, problems)


@transaction.atomic
def add_members(*, network: NetworkPage, new_members: Iterable[NewMember], user: Any) -> int:
    """Add members to a network, log their number without names, and return it."""
    existing = _addresses_of_members(network)
    new = [
        Member(network=network, email=person.email, name=person.name, organisation=person.organisation)
        for person in new_members
        if person.email not in existing
    ]
    Member.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
    log(network, "network_pages.import_members", user=user, data={"count": len(new)})
    return len(new)


def _addresses_of_members(network: NetworkPage) -> set[str]:
    """Return the addresses of the members of a network, whichever of its language versions they were added to."""
    return set(Member.objects.filter(network__translation_key=network.translation_key).values_list("email", flat=True))
