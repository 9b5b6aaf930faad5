from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from verkosto.registrations.enums import DeskRole


class DeskAccess(models.Model):
    """What a group may do with the registrations of the pages under a page, in every language."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="desk_access")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="desk_access")
    can_see = models.BooleanField(_("view"), default=True)
    can_change = models.BooleanField(_("add, change, approve and cancel"), default=False)
    can_export = models.BooleanField(_("export"), default=False)
    can_read_sensitive = models.BooleanField(_("read sensitive answers"), default=False)
    can_erase = models.BooleanField(_("erase"), default=False)
    can_check_in = models.BooleanField(_("check in on the day"), default=False)
    can_protect_data = models.BooleanField(_("answer for personal data"), default=False)

    class Meta:
        verbose_name = _("registration permission")
        verbose_name_plural = _("registration permissions")
        constraints = [models.UniqueConstraint(fields=["group", "page"], name="registrations_one_right_a_page")]

    def __str__(self) -> str:
        return f"{self.group} – {self.page}"


class RoleAssignment(models.Model):
    """A role of one person: at the desks under a page, in every language, or at one desk alone."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="desk_roles", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=20, choices=DeskRole.choices)
    page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="desk_roles",
        verbose_name=_("page"),
    )
    desk = models.ForeignKey(
        "verkosto_registrations.Desk", on_delete=models.CASCADE, null=True, blank=True, related_name="roles"
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("given"), auto_now_add=True)
    # Whether the account could not sign in to the admin before: with its last role it no longer can.
    gave_access = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(page__isnull=False, desk__isnull=True) | Q(page__isnull=True, desk__isnull=False),
                name="registrations_role_at_one_place",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "page"],
                name="registrations_one_role_a_page",
                violation_error_message=_("This person already has this role here."),
            ),
            models.UniqueConstraint(fields=["user", "role", "desk"], name="registrations_one_role_a_desk"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}: {self.page or self.desk}"
