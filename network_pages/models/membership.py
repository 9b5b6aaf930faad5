"""Who is in which network, small group or round, as what and how long."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network_pages.enums import MemberRole, MemberSource
from network_pages.models.membership_querysets import MembershipQuerySet
from verkosto.core.model_fields import EmailAddressField, NameField


class Membership(models.Model):
    """A person in a network, small group or round, shared by the page's language versions.

    On no public page, in no search index and in no page's revisions. A member who comes back after leaving has a second row.
    """

    # The page's, so that all its language versions have the same members.
    translation_key = models.UUIDField(_("network, group or round"), db_index=True)
    name = NameField(_("name"), max_length=200, blank=True)
    email = EmailAddressField(
        _("email"),
        max_length=254,
        help_text=_("The person can use this address to register for events that are for members only."),
    )
    organisation = NameField(_("organisation"), max_length=200, blank=True)
    area = NameField(
        _("area of responsibility"), max_length=200, blank=True, help_text=_("For example HR or communications.")
    )
    region = NameField(_("region"), max_length=100, blank=True)
    language = models.CharField(
        _("language"), max_length=20, blank=True, help_text=_("The language of emails to the person.")
    )
    role = models.CharField(_("role"), max_length=12, choices=MemberRole.choices, default=MemberRole.MEMBER)
    role_title = NameField(
        _("title of the role"), max_length=100, blank=True, help_text=_("If it has another name, such as secretary.")
    )
    starts_on = models.DateField(_("member from"), default=timezone.localdate)
    ends_on = models.DateField(
        _("member until"), null=True, blank=True, help_text=_("The last day. If left empty, the membership goes on.")
    )
    is_listed = models.BooleanField(
        _("shown to other members"),
        default=False,
        help_text=_("The person has agreed that the other members see their name, organisation and address."),
    )
    source = models.CharField(
        _("how they became a member"), max_length=12, choices=MemberSource.choices, default=MemberSource.STAFF
    )
    left_at = models.DateTimeField(_("left"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["name", "email", "pk"]
        indexes = [models.Index(fields=["email"], name="network_pages_member_address")]
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "email"],
                condition=Q(left_at=None, ends_on=None),
                name="network_pages_open_membership_once",
                violation_error_message=_("This address is already a member."),
            ),
            models.UniqueConstraint(
                fields=["translation_key", "email", "starts_on"],
                condition=Q(left_at=None),
                name="network_pages_membership_begins_once",
                violation_error_message=_("This address is already a member."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="network_pages_membership_ends_after_start",
                violation_error_message=_("The membership ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        # The audit log keeps this: no person is in it.
        return f"{self._meta.verbose_name} {self.pk or ''}".strip()

    def clean(self) -> None:
        super().clean()
        if self.translation_key and self.email and self.starts_on and self.left_at is None:
            same = Membership.objects.filter(translation_key=self.translation_key, email=self.email)
            if same.overlapping(self.starts_on, self.ends_on).exclude(pk=self.pk).exists():
                raise ValidationError({"email": _("This address is already a member.")})

    @property
    def role_name(self) -> str:
        """What the person is called in the network."""
        return self.role_title or str(self.get_role_display())

    @property
    def is_current(self) -> bool:
        return self.is_on(timezone.localdate())

    def is_on(self, day: date) -> bool:
        """Return whether the membership holds on a day."""
        return self.left_at is None and self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)


class MembershipToken(models.Model):
    """The SHA-256 of a personal link to a membership. The link itself is in the mail and nowhere else."""

    digest = models.CharField(max_length=64, unique=True)
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="tokens")
    # Sessions that began earlier have ended: somebody left on a shared computer, whose cookies may be kept.
    sessions_ended_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: Any = models.Manager()

    class Meta:
        verbose_name = _("personal link of a member")
        verbose_name_plural = _("personal links of members")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
