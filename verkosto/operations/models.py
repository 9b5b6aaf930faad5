from django.db import models
from django.utils.translation import gettext_lazy as _


class Operations(models.Model):
    """Holds the permission to see the operations page. It has no table."""

    class Meta:
        managed = False
        default_permissions = ()
        permissions = [("view_operations", _("Can see the operations page"))]
        verbose_name = _("operations")
        verbose_name_plural = _("operations")

    def __str__(self) -> str:
        return "operations"
