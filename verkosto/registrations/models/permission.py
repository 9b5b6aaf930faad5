from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _


class DeskAccess(models.Model):
    """What a group may do with the registrations of the pages under a page, in every language."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="desk_access")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="desk_access")
    can_see = models.BooleanField(_("view"), default=True)
    can_change = models.BooleanField(_("add, change, approve and cancel"), default=False)
    can_export = models.BooleanField(_("export"), default=False)
    can_read_sensitive = models.BooleanField(_("read sensitive answers"), default=False)
    can_erase = models.BooleanField(_("erase"), default=False)

    class Meta:
        verbose_name = _("registration permission")
        verbose_name_plural = _("registration permissions")
        constraints = [models.UniqueConstraint(fields=["group", "page"], name="registrations_one_right_a_page")]

    def __str__(self) -> str:
        return f"{self.group} – {self.page}"
