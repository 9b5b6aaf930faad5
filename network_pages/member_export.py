"""Members as rows of a spreadsheet."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from network_pages.models.membership_querysets import MembershipQuerySet
from verkosto.registrations.questions.types.base import Cell


class MemberExport:
    """A selection of members that carry their ``page_title``, with a header in the active language."""

    def __init__(self, members: MembershipQuerySet) -> None:
        self.members = members
        # The file is written after the view has returned.
        self.language = translation.get_language() or ""

    @cached_property
    def header(self) -> list[str]:
        with translation.override(self.language):
            return [
                _("Network, group or round"),
                _("Name"),
                _("Email"),
                _("Organisation"),
                _("Area of responsibility"),
                _("Region"),
                _("Role"),
                _("Member from"),
                _("Member until"),
                _("Shown to other members"),
                _("How they became a member"),
            ]

    def rows(self) -> Iterator[list[Cell]]:
        """Yield rows in the order of ``header``; None is an empty cell."""
        for member in self.members.iterator(chunk_size=2000):
            row: Any = member
            with translation.override(self.language):
                last = timezone.localdate(row.left_at) if row.left_at else row.ends_on
                yield [
                    row.page_title,
                    row.name,
                    row.email,
                    row.organisation,
                    row.area,
                    row.region,
                    row.role_name,
                    row.starts_on.isoformat(),
                    last.isoformat() if last else None,
                    _("Yes") if row.is_listed else _("No"),
                    str(row.get_source_display()),
                ]
