"""Small groups that staff are forming: a proposal that a background job makes and that people change by hand."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from network_pages.enums import APPLIED
from network_pages.grouping.settings import GroupSettings
from network_pages.models.membership import Membership
from network_pages.models.plan import SAVED_WHEN_DONE, AbstractPlan, PlanQuerySet
from verkosto.core.model_fields import NameField
from verkosto.registrations.models import Registration


class GroupPlanQuerySet(PlanQuerySet["GroupPlan"]):
    """Plans of any network."""

    def with_facts(self) -> Self:
        """Annotate ``page_title``, that of the network, and the numbers ``people_count`` and ``group_count``."""
        return self.with_title().annotate(
            people_count=Count("placements", distinct=True), group_count=Count("groups", distinct=True)
        )


class GroupPlan(AbstractPlan):
    """A division of members of a network into small groups. It is the background job that looks for it, too.

    Its ``total`` and ``done`` are hundredths of the search. ``parameters`` hold ``GroupSettings``.
    """

    KIND = "form_groups"
    TOTAL = 100

    objects: ClassVar[Any] = GroupPlanQuerySet.as_manager()  # type: ignore[assignment]  # the jobs of another model

    class Meta(AbstractPlan.Meta):
        verbose_name = _("plan of small groups")
        verbose_name_plural = _("plans of small groups")
        constraints = [
            models.CheckConstraint(
                condition=SAVED_WHEN_DONE,
                name="network_pages_group_plan_saved_when_done",
                violation_error_message=_("The groups have not been formed yet."),
            )
        ]

    @property
    def settings(self) -> GroupSettings:
        """What the editor asked for."""
        return GroupSettings.from_json(self.parameters)


class ProposedGroup(models.Model):
    """A group of a plan: an existing small group (``translation_key``) that goes on, or a new one with a name."""

    plan = models.ForeignKey(GroupPlan, on_delete=models.CASCADE, related_name="groups")
    number = models.PositiveSmallIntegerField(_("number"))
    name = NameField(_("name"), max_length=200, blank=True)
    translation_key = models.UUIDField(_("small group"), null=True, blank=True)
    # None where the plan's own maximum holds.
    largest = models.PositiveSmallIntegerField(_("maximum number of people"), null=True, blank=True)

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

    def limits(self, settings: GroupSettings) -> tuple[int, int]:
        """Return the smallest and largest size: a group with a maximum of its own may be smaller than the others."""
        if self.largest is None:
            return settings.smallest, settings.largest
        return min(settings.smallest, self.largest), self.largest


class GroupPlacementQuerySet(models.QuerySet["GroupPlacement"]):
    def present(self) -> Self:
        """Return the people who can be placed: not who has left, was declined, has withdrawn or been erased since."""
        applied = Q(registration__status__in=APPLIED, registration__purged_at=None)
        return self.filter(Q(registration=None, membership__left_at=None) | applied)

    def of_address(self, email: str) -> Self:
        """Return the places of an address, whichever way it is written."""
        members = Q(membership__in=Membership.objects.of_address(email))
        return self.filter(members | Q(registration__in=Registration.objects.of_address(email)))


class GroupPlacement(models.Model):
    """A person of a plan, and the group that is proposed: a member, or an applicant. Goes with either."""

    plan = models.ForeignKey(GroupPlan, on_delete=models.CASCADE, related_name="placements")
    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, null=True, blank=True, related_name="placements"
    )
    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, null=True, blank=True, related_name="group_plans"
    )
    # None until the job has found one. Whoever deletes a group takes its people out first.
    group = models.ForeignKey(
        ProposedGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="placements"
    )
    is_locked = models.BooleanField(_("stays in this group"), default=False)
    # Where an editor moved the person from, and when: the latest such move can be undone.
    moved_from = models.ForeignKey(ProposedGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    moved_at = models.DateTimeField(null=True, blank=True)
    was_locked = models.BooleanField(default=False)

    objects: ClassVar[Any] = GroupPlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed place in a group")
        verbose_name_plural = _("proposed places in groups")
        ordering = ["membership__name", "membership__email", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "membership"], name="network_pages_placement_once"),
            models.UniqueConstraint(fields=["plan", "registration"], name="network_pages_placement_applicant_once"),
            models.CheckConstraint(
                condition=Q(membership=None, registration__isnull=False)
                | Q(membership__isnull=False, registration=None),
                name="network_pages_placement_is_known",
                violation_error_message=_("Choose a member or an application."),
            ),
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

    @property
    def key(self) -> str:
        """What wishes call the person."""
        return str(self.membership_id) if self.membership_id else key_of_applicant(self.registration_id or 0)


def key_of_applicant(registration_id: int) -> str:
    """Return what wishes call an applicant."""
    return f"a{registration_id}"
