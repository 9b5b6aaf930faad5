"""Who may register where only members may, and what is kept about them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext
from wagtail.log_actions import log
from wagtail.models import Page

from event_pages.models import NetworkLink
from network_pages.models import Member, NetworkPage
from verkosto.directory.models import Organisation
from verkosto.registrations.domain.address_lists import line_error, read_rows
from verkosto.registrations.models import Desk


def is_member(desk: Desk, email: str) -> bool:
    """Whether an address is a member's of a network whose event (or group, or series) takes the registration."""
    page = Page.objects.filter(
        translation_key=desk.translation_key, locale__language_code=desk.original_language
    ).first()
    if page is None:
        return False
    # The networks above the page, and those that it or its series names.
    line = page.get_ancestors(inclusive=True)
    linked = NetworkLink.objects.filter(page__in=line).values("network_page__translation_key")
    above = NetworkPage.objects.filter(pk__in=line.values("pk")).values("translation_key")
    return (
        Member.objects.filter(email__lower=email.lower())
        .filter(Q(network__translation_key__in=linked) | Q(network__translation_key__in=above))
        .exists()
    )


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """Somebody on a list of members."""

    email: str
    name: str = ""
    organisation: Organisation | None = None


@dataclass(frozen=True)
class Roll:
    """What a list of members would do to a network."""

    newcomers: list[Newcomer]
    # How many are members already, or stand on the list twice.
    known: int
    # What is wrong with which line.
    problems: list[str]


def read_roll(text: str, *, network: NetworkPage) -> Roll:
    """The people of a CSV (address, name, organisation by its name in the directory). Changes nothing. Two queries."""
    known = _members_of(network)
    organisations = {entry.name.casefold(): entry for entry in Organisation.objects.order_by("-pk")}
    newcomers: dict[str, Newcomer] = {}
    problems, doubles = [], 0
    for number, row, address in read_rows(text):
        if not address:
            problems.append(line_error(number, row))
            continue
        key = address.lower()
        if key in known or key in newcomers:
            doubles += 1
            continue
        name, named, *_rest = [*(cell for cell in row if cell != address), "", ""]
        organisation = organisations.get(named.casefold())
        if named and organisation is None:
            words = gettext("Line %(number)s: the directory has no organisation called %(name)s.")
            problems.append(words % {"number": number, "name": named[:200]})
            continue
        newcomers[key] = Newcomer(email=address, name=name[:200], organisation=organisation)
    return Roll(list(newcomers.values()), doubles, problems)


@transaction.atomic
def add_members(*, network: NetworkPage, newcomers: Iterable[Newcomer], user: Any) -> int:
    """Make people members of a network, and note it in the log without their names. Returns how many are new."""
    known = _members_of(network)
    new = [
        Member(network=network, email=person.email, name=person.name, organisation=person.organisation)
        for person in newcomers
        if person.email.lower() not in known
    ]
    Member.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
    log(network, "network_pages.import_members", user=user, data={"count": len(new)})
    return len(new)


def _members_of(network: NetworkPage) -> set[str]:
    """The addresses of the members of a network, whichever of its language versions they were added to."""
    rows = Member.objects.filter(network__translation_key=network.translation_key)
    return {email.lower() for email in rows.values_list("email", flat=True)}


def memberships_of(email: str) -> list[dict[str, Any]]:
    """What is kept about an address, as JSON."""
    rows = Member.objects.filter(email__lower=email.lower()).select_related("network", "organisation")
    return [
        {
            "network": row.network.title,
            "name": row.name,
            "organisation": str(row.organisation or ""),
            "added": row.created_at.isoformat(),
        }
        for row in rows
    ]


def forget(email: str) -> int:
    """Erase an address from every network. Returns from how many."""
    return Member.objects.filter(email__lower=email.lower()).delete()[0]
