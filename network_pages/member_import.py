"""Importing members from a list: lines of a spreadsheet, or the recipients of a mail."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.utils import getaddresses
from uuid import UUID

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page

from network_pages.enums import MemberSource
from network_pages.member_links import notify_added
from network_pages.models import Membership
from verkosto.core.email_addresses import normalise_email
from verkosto.core.text import clean_name
from verkosto.core.users import AnyUser
from verkosto.registrations.domain.address_lists import line_error, read_rows

# “Name <address>”, as mail programs copy recipients; several are separated by semicolons or commas.
RECIPIENT = re.compile(r"<[^<>\s@]+@[^<>\s@]+>")
COLUMNS = ("name", "organisation", "area", "region")


@dataclass(frozen=True, kw_only=True)
class NewMember:
    """A person to add, as read from a list."""

    email: str
    name: str = ""
    organisation: str = ""
    area: str = ""
    region: str = ""


@dataclass(frozen=True)
class ImportPlan:
    """What importing a list would do to a network.

    ``duplicates`` counts those who are members already or occur twice; ``problems`` says what is wrong with which line.
    """

    new_members: list[NewMember]
    duplicates: int
    problems: list[str]


def plan_import(text: str, *, translation_key: UUID) -> ImportPlan:
    """Read people to add to a page. Change nothing. One query."""
    existing = _addresses_of_members(translation_key)
    new_members: dict[str, NewMember] = {}
    problems, duplicates = [], 0
    for number, row, address in read_rows(as_lines(text)):
        if not address:
            problems.append(line_error(number, row))
        elif address in existing or address in new_members:
            duplicates += 1
        else:
            cells = (clean_name(cell)[:200] for cell in row if "@" not in cell)
            new_members[address] = NewMember(email=address, **dict(zip(COLUMNS, cells, strict=False)))
    return ImportPlan(list(new_members.values()), duplicates, problems)


def as_lines(text: str) -> str:
    """Return a list with each “Name <address>” on a line of its own as ``address<tab>name``; other lines as they are."""
    if not RECIPIENT.search(text):
        return text
    return "\n".join("\t".join(line) for lines in text.splitlines() for line in _recipients(lines))


def _recipients(line: str) -> Iterator[tuple[str, ...]]:
    if not RECIPIENT.search(line):
        yield from ((part.strip(),) for part in re.split("[;,\t]", line) if part.strip())
        return
    # Outlook writes “Virtanen, Aino <…>” without the quotation marks of RFC 5322, and separates with semicolons.
    parts = line.split(";") if ";" in line else RECIPIENT.sub(lambda found: f"{found[0]};", line).split(";")
    for part in filter(None, (part.strip(" ,\t") for part in parts)):
        found = RECIPIENT.search(part)
        if found is None:
            yield from ((address,) for _name, address in getaddresses([part]) if address)
        else:
            yield normalise_email(found[0].strip("<>")), _in_order(part[: found.start()].strip(" \"'\t"))


def _in_order(name: str) -> str:
    """Return “Virtanen, Aino” as “Aino Virtanen”."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma else name


@transaction.atomic
def add_members(*, page: Page, new_members: Iterable[NewMember], language: str, user: AnyUser) -> list[Membership]:
    """Add members to a page, notify them, log their number without names, and return them."""
    existing = _addresses_of_members(page.translation_key)
    new = [
        Membership(
            translation_key=page.translation_key,
            source=MemberSource.IMPORT,
            language=language,
            **{name: getattr(person, name) for name in ("email", *COLUMNS)},
        )
        for person in new_members
        if person.email not in existing
    ]
    Membership.objects.bulk_create(new, batch_size=500)
    notify_added(new)
    log(page, "network_pages.import_members", user=user, data={"count": len(new)})
    return new


def _addresses_of_members(translation_key: UUID) -> set[str]:
    """Return the addresses of those who are members of a page, or will be."""
    rows = Membership.objects.filter(translation_key=translation_key).not_ended()
    return set(rows.values_list("email", flat=True))
