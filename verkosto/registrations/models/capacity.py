from django.db import models
from django.utils.translation import gettext_lazy as _

from verkosto.registrations.enums import PoolKind
from verkosto.registrations.models.desk import Desk
from verkosto.registrations.models.querysets import PoolQuerySet


class Pool(models.Model):
    """A number of places that registrations share, with how many are taken.

    A desk has one for its places, one for its waiting list, and one for each choice and organisation with a limit.
    ``domain/capacity.py`` claims places by one conditional UPDATE.
    """

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="pools")
    kind = models.CharField(max_length=20, choices=PoolKind.choices)
    # "" for the desk and its waiting list, the organisation's key, or "<question key>:<choice key>".
    key = models.CharField(max_length=255, blank=True)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    taken = models.PositiveIntegerField(_("taken"), default=0)

    objects = PoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("pool of places")
        verbose_name_plural = _("pools of places")
        constraints = [models.UniqueConstraint(fields=["desk", "kind", "key"], name="registrations_one_pool_a_key")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}".strip()

    @property
    def left(self) -> int | None:
        """Free places; None when there is no limit."""
        return None if self.capacity is None else max(self.capacity - self.taken, 0)

    @property
    def is_full(self) -> bool:
        return self.left == 0
