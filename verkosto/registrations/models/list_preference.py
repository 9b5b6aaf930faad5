from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from verkosto.registrations.models.desk import Desk


class ListPreference(models.Model):
    """How somebody of the staff last chose to see one desk's list: its columns and its order."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="+")
    columns = models.JSONField(default=list, blank=True)
    ordering = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("column selection")
        verbose_name_plural = _("column selections")
        constraints = [models.UniqueConstraint(fields=["user", "desk"], name="registrations_one_choice_a_list")]

    def __str__(self) -> str:
        return ", ".join(self.columns)
