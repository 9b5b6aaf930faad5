"""How memberships are selected."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Case, Count, OuterRef, Q, Subquery, When
from django.utils import timezone
from wagtail.models import Page

from network_pages.permissions import Permission, keys_for
from verkosto.core.email_addresses import email_matches
from verkosto.core.locales import active_language
from verkosto.core.text import clean_name
from verkosto.core.users import AnyUser

if TYPE_CHECKING:
    # Named in the generic base, as a string.
    from network_pages.models.membership import Membership


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, day: date | None = None) -> "MembershipQuerySet":
        """Return memberships that hold today, or on a day."""
        day = day or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), left_at=None, starts_on__lte=day)

    def not_ended(self) -> "MembershipQuerySet":
        """Return memberships that hold today or begin later."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()), left_at=None)

    def overlapping(self, first: date, last: date | None) -> "MembershipQuerySet":
        """Return memberships that hold on a day between two; ``last`` None for no end."""
        found = self.filter(Q(ends_on=None) | Q(ends_on__gte=first), left_at=None)
        return found if last is None else found.filter(starts_on__lte=last)

    def of_page(self, page: Page) -> "MembershipQuerySet":
        """Return the memberships of a network, small group or round, whichever its language."""
        return self.filter(translation_key=page.translation_key)

    def of_address(self, email: str) -> "MembershipQuerySet":
        """Return the memberships of an address, whichever way it is written."""
        return self.filter(email=email)

    def visible_to(self, user: AnyUser, permission: str = Permission.SEE) -> "MembershipQuerySet":
        """Return memberships of pages whose registrations a user may see, or change, export, erase."""
        keys = keys_for(user, permission)
        return self if keys is None else self.filter(translation_key__in=keys)

    def listed(self) -> "MembershipQuerySet":
        """Return memberships whose person agreed to be shown to other members."""
        return self.filter(is_listed=True)

    def matching(self, text: str) -> "MembershipQuerySet":
        """Return memberships in whose name, address, organisation or area every word of a text occurs."""
        found = self
        for word in clean_name(text).split()[:10]:
            found = found.filter(
                Q(name__icontains=word)
                | email_matches(self, "email", word)
                | Q(organisation__icontains=word)
                | Q(area__icontains=word)
            )
        return found

    def with_titles(self) -> "MembershipQuerySet":
        """Annotate ``page_title``: that of the page in the active language, else in its first one."""
        own = Case(When(locale__language_code=active_language(), then=0), default=1)
        versions = Page.objects.filter(translation_key=OuterRef("translation_key")).order_by(own, "pk")
        return self.annotate(page_title=Subquery(versions.values("title")[:1]))

    def number(self) -> int | None:
        """Return the number of persons; None for nobody. One query."""
        return self.order_by().values("email").distinct().count() or None

    def counts(self) -> dict[UUID, int]:
        """Return the number of persons by translation key of the page. One query."""
        rows = self.order_by().values("translation_key").annotate(n=Count("email", distinct=True))
        return {row["translation_key"]: row["n"] for row in rows}


def by_address(people: Iterable["Membership"]) -> dict[str, "Membership"]:
    """Return one membership for each address, the first one."""
    found: dict[str, Membership] = {}
    for person in people:
        found.setdefault(person.email, person)
    return found
