"""Whether one can still register, for lists of pages: without the form, and for all of a list at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verkosto.core.formats import format_short_opening
from verkosto.registrations.enums import Eligibility, Opening, PoolKind
from verkosto.registrations.models import Desk, Pool
from verkosto.registrations.public.context import FEW_PLACES, LAST_PLACES, FormContext

LISTED_POOLS = (PoolKind.DESK, PoolKind.WAITING, PoolKind.OTHERS)


@dataclass(frozen=True)
class Places:
    """Whether one can register at a desk now."""

    desk: Desk
    #: A state of ``FormContext``, "few" or "invited": the shape and colour of the text.
    state: str
    left: int | None
    is_for_members: bool = False

    def text(self, zone: str) -> str:
        """Return the state in the active language, with times in a zone (IANA name); "" for a cancelled event."""
        match self.state:
            case "not_yet" if self.desk.opens_at:
                return _("Registration opens %(time)s") % {"time": format_short_opening(self.desk.opens_at, zone)}
            case "invited":
                return _("By invitation")
            case "waiting":
                return _("Full, waiting list open")
            case "full":
                return _("Fully booked")
            case "closed":
                return _("Registration has closed")
            case "open" | "few":
                return self._open_text()
        return ""

    def _open_text(self) -> str:
        if self.is_for_members:
            return _("Registration open to members")
        if self.left is None:
            return _("Registration open")
        if self.left > LAST_PLACES:
            return _("Places left")
        return ngettext("%(left)s place left", "%(left)s places left", self.left) % {"left": self.left}


def places_at(keys: Collection[UUID]) -> dict[UUID, Places]:
    """Return whether one can register at the desks with these keys, without those that do not exist. One query."""
    pools: dict[UUID, list[Pool]] = defaultdict(list)
    # The texts of the desk are large, and a list does not need them.
    rows = Pool.objects.filter(desk__translation_key__in=keys, kind__in=LISTED_POOLS)
    for pool in rows.shown_to_visitors().select_related("desk").defer("desk__versions", "desk__organizer"):
        pools[pool.desk.translation_key].append(pool)
    return {key: _places(FormContext(desk=found[0].desk, questions=(), pools=found)) for key, found in pools.items()}


def _places(form_context: FormContext) -> Places:
    state, left = form_context.state, form_context.left
    if form_context.desk.needs_approval:
        left = None
    if state == Opening.OPEN and left is not None and left <= FEW_PLACES:
        state = "few"
    if form_context.takes_form and form_context.is_by_invitation:
        state = "invited"
    is_for_members = form_context.desk.eligibility_now == Eligibility.MEMBERS or form_context.others_wait
    return Places(form_context.desk, state, left, is_for_members)
