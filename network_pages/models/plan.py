"""What plans of small groups and of learning pairs have in common."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, When
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from network_pages.permissions import Permission, keys_for
from verkosto.core.jobs.models import AbstractJob
from verkosto.core.locales import active_language
from verkosto.core.users import AnyUser

#: The condition on plans that have been saved: there is a proposal.
SAVED_WHEN_DONE = Q(saved_at=None) | Q(state=AbstractJob.State.DONE)


SomePlan = TypeVar("SomePlan", bound="AbstractPlan")


class PlanQuerySet(models.QuerySet[SomePlan]):
    """Plans of any network or round."""

    def visible_to(self, user: AnyUser) -> Self:
        """Return the plans of pages whose members a user may both see and change."""
        found = self
        for permission in (Permission.SEE, Permission.CHANGE):
            keys = keys_for(user, permission)
            found = found if keys is None else found.filter(translation_key__in=keys)
        return found

    def with_title(self) -> Self:
        """Annotate ``page_title``: that of the network or round, in the active language where there is one."""
        own = Case(When(locale__language_code=active_language(), then=0), default=1)
        versions = Page.objects.filter(translation_key=OuterRef("translation_key")).order_by(own, "pk")
        return self.annotate(page_title=Subquery(versions.values("title")[:1]))


class AbstractPlan(AbstractJob):
    """A division into groups or pairs that a background job proposes and people change by hand, until it is saved.

    Each model has a manager of a ``PlanQuerySet``.
    """

    translation_key = models.UUIDField(_("network or round"), db_index=True)
    saved_at = models.DateTimeField(_("saved"), null=True, blank=True, editable=False)

    class Meta(AbstractJob.Meta):
        abstract = True

    @property
    def is_open(self) -> bool:
        """Whether it may be changed by hand: there is a proposal, and it has not been saved."""
        return self.state == self.State.DONE and self.saved_at is None

    @property
    def status(self) -> str:
        """Where the plan stands, for staff."""
        if self.saved_at:
            return str(_("Saved"))
        return str(_("Proposal")) if self.state == self.State.DONE else str(self.get_state_display())
