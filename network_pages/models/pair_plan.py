"""Learning pairs that staff are forming: a proposal for a round, which people change by hand."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from network_pages.models.plan import SAVED_WHEN_DONE, AbstractPlan, PlanQuerySet
from network_pages.pair_settings import PairSettings
from verkosto.core.model_fields import NameField
from verkosto.registrations.models import Registration


class PairPlanQuerySet(PlanQuerySet["PairPlan"]):
    """Plans of any round."""

    def with_facts(self) -> Self:
        """Annotate ``page_title``, that of the round, and the numbers ``applicant_count`` and ``pair_count``."""
        return self.with_title().annotate(
            applicant_count=Count("applicants"), pair_count=Count("applicants__number", distinct=True)
        )


class PairPlan(AbstractPlan):
    """A division of the organisations of a round into learning pairs. ``parameters`` hold ``PairSettings``."""

    KIND = "propose_pairs"
    TOTAL = 1

    # What can be undone, the latest last: {key of the applicant: [number of the pair, whether it is locked]}.
    earlier = models.JSONField(default=list, blank=True, editable=False)

    objects: ClassVar[Any] = PairPlanQuerySet.as_manager()  # type: ignore[assignment]  # the jobs of another model

    class Meta(AbstractPlan.Meta):
        verbose_name = _("plan of learning pairs")
        verbose_name_plural = _("plans of learning pairs")
        constraints = [
            models.CheckConstraint(
                condition=SAVED_WHEN_DONE,
                name="network_pages_pair_plan_saved_when_done",
                violation_error_message=_("The pairs have not been proposed yet."),
            )
        ]

    @property
    def settings(self) -> PairSettings:
        """What the editor asked for."""
        return PairSettings.from_json(self.parameters)


class PairApplicant(models.Model):
    """An organisation of a plan, and its pair: an application to the round, or an organisation that staff entered.

    What an application says is read from its answers, so that nothing is kept here when it is erased.
    """

    plan = models.ForeignKey(PairPlan, on_delete=models.CASCADE, related_name="applicants")
    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, null=True, blank=True, related_name="pair_plans"
    )
    name = NameField(_("name"), max_length=200, blank=True)
    themes = models.CharField(_("themes"), max_length=500, blank=True)
    size = models.PositiveIntegerField(_("size"), default=0)
    # None for an organisation without a pair.
    number = models.PositiveSmallIntegerField(_("number of the pair"), null=True, blank=True)
    is_locked = models.BooleanField(_("stays in this pair"), default=False)

    class Meta:
        verbose_name = _("organisation of a plan")
        verbose_name_plural = _("organisations of a plan")
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "registration"], name="network_pages_pair_applicant_once"),
            models.UniqueConstraint(
                fields=["plan", "name"], condition=~Q(name=""), name="network_pages_pair_applicant_name_once"
            ),
            models.CheckConstraint(
                condition=Q(registration__isnull=False, name="") | (Q(registration=None) & ~Q(name="")),
                name="network_pages_pair_applicant_is_known",
                violation_error_message=_("Choose an application, or give the name of the organisation."),
            ),
            models.CheckConstraint(
                condition=Q(is_locked=False) | Q(number__isnull=False),
                name="network_pages_pair_applicant_locked_in_pair",
                violation_error_message=_("Only an organisation that is in a pair can be locked there."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk or ''}".strip()

    @property
    def key(self) -> str:
        """What wishes call the organisation."""
        return str(self.registration_id) if self.registration_id else key_of_name(self.name)


def key_of_name(name: str) -> str:
    """Return what wishes call an organisation that staff entered."""
    return f"={name.casefold()}"
