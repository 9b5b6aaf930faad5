"""Small groups that staff are forming: a proposal that a background job makes and that people change by hand."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, When
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from network_pages.grouping.settings import GroupSettings
from network_pages.models.membership import Membership
from network_pages.rights import Permission, keys_for
from verkosto.core.accounts import AnyUser
from verkosto.core.jobs.models import AbstractJob
from verkosto.core.locales import active_language
from verkosto.core.model_fields import NameField


class GroupPlanQuerySet(models.QuerySet["GroupPlan"]):
    """Plans of any network."""

    def visible_to(self, user: AnyUser) -> Self:
        """Return the plans of networks whose members a user may both see and change."""
        found = self
        for permission in (Permission.SEE, Permission.CHANGE):
            keys = keys_for(user, permission)
            found = found if keys is None else found.filter(translation_key__in=keys)
        return found

    def with_facts(self) -> Self:
        """Annotate ``page_title``, that of the network, and the numbers ``people_count`` and ``group_count``."""
        own = Case(When(locale__language_code=active_language(), then=0), default=1)
        versions = Page.objects.filter(translation_key=OuterRef("translation_key")).order_by(own, "pk")
        return self.annotate(
            page_title=Subquery(versions.values("title")[:1]),
            people_count=Count("placements", distinct=True),
            group_count=Count("groups", distinct=True),
        )


class GroupPlan(AbstractJob):
    """A division of members of a network into small groups. It is the background job that looks for it, too.

    Its ``total`` and ``done`` are hundredths of the search. ``parameters`` hold ``GroupSettings``.
    """

    KIND = "form_groups"
    TOTAL = 100

    translation_key = models.UUIDField(_("network"), db_index=True)
    saved_at = models.DateTimeField(_("saved"), null=True, blank=True, editable=False)

    objects: ClassVar[Any] = GroupPlanQuerySet.as_manager()  # type: ignore[assignment]  # the jobs of another model

    class Meta(AbstractJob.Meta):
        verbose_name = _("plan of small groups")
        verbose_name_plural = _("plans of small groups")
        constraints = [
            models.CheckConstraint(
                condition=Q(saved_at=None) | Q(state=AbstractJob.State.DONE),
                name="network_pages_group_plan_saved_when_done",
                violation_error_message=_("The groups have not been formed yet."),
            )
        ]

    @property
    def settings(self) -> GroupSettings:
        """What the editor asked for."""
        return GroupSettings.from_json(self.parameters)

    @property
    def is_open(self) -> bool:
        """Whether people may be moved: there is a proposal, and it has not been saved."""
        return self.state == self.State.DONE and self.saved_at is None

    @property
    def status(self) -> str:
        """Where the plan stands, for staff."""
        if self.saved_at:
            return str(_("Saved"))
        return str(_("Proposal")) if self.state == self.State.DONE else str(self.get_state_display())


class ProposedGroup(models.Model):
    """A group of a plan: an existing small group (``translation_key``) that goes on, or a new one with a name."""

    plan = models.ForeignKey(GroupPlan, on_delete=models.CASCADE, related_name="groups")
    number = models.PositiveSmallIntegerField(_("number"))
    name = NameField(_("name"), max_length=200, blank=True)
    translation_key = models.UUIDField(_("small group"), null=True, blank=True)

    class Meta:
        verbose_name = _("proposed group")
        verbose_name_plural = _("proposed groups")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="network_pages_proposed_group_number_once"),
            models.UniqueConstraint(fields=["plan", "translation_key"], name="network_pages_proposed_group_once"),
            models.CheckConstraint(
                condition=Q(translation_key__isnull=False) | ~Q(name=""),
                name="network_pages_proposed_group_is_named",
                violation_error_message=_("Give the new group a name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"{self._meta.verbose_name} {self.number}"


class GroupPlacement(models.Model):
    """A person of a plan, and the group that is proposed. Goes with the membership."""

    plan = models.ForeignKey(GroupPlan, on_delete=models.CASCADE, related_name="placements")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="placements")
    # None until the job has found one. Whoever deletes a group takes its people out first.
    group = models.ForeignKey(
        ProposedGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="placements"
    )
    is_locked = models.BooleanField(_("stays in this group"), default=False)
    # Where an editor moved the person from, and when: the latest such move can be undone.
    moved_from = models.ForeignKey(ProposedGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    moved_at = models.DateTimeField(null=True, blank=True)
    was_locked = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("proposed place in a group")
        verbose_name_plural = _("proposed places in groups")
        ordering = ["membership__name", "membership__email", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "membership"], name="network_pages_placement_once"),
            models.CheckConstraint(
                condition=Q(is_locked=False) | Q(group__isnull=False),
                name="network_pages_placement_locked_in_group",
                violation_error_message=_("Only a person who is in a group can be locked there."),
            ),
            models.CheckConstraint(
                condition=Q(moved_from=None) | ~Q(moved_from=F("group")),
                name="network_pages_placement_moved_elsewhere",
            ),
        ]

    def __str__(self) -> str:
        # No person is in it: the audit log may keep this.
        return f"{self._meta.verbose_name} {self.pk or ''}".strip()
