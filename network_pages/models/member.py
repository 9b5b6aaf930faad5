from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from network_pages.models.network import NetworkPage
from verkosto.core.model_fields import EmailAddressField, NameField
from verkosto.directory.models import Organisation


class Member(models.Model):
    """A person of a network, known by address. On no public page, in no search index and in no page's revisions.

    Which language version of the network is named makes no difference.
    """

    network = models.ForeignKey(
        NetworkPage, verbose_name=_("network"), on_delete=models.CASCADE, related_name="members"
    )
    email = EmailAddressField(
        _("email"),
        max_length=254,
        help_text=_("The person can use this address to register for events that are for members only."),
    )
    name = NameField(_("name"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("member of a network")
        verbose_name_plural = _("members of networks")
        ordering = ["network_id", "email"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "email"],
                name="network_pages_member_once_a_network",
                violation_error_message=_("This address is already a member of the network."),
            )
        ]

    def __str__(self) -> str:
        # The audit log keeps this: no person is in it.
        return f"{self._meta.verbose_name} {self.pk or ''}".strip()

    def clean(self) -> None:
        super().clean()
        if self.network_id and self.email:
            same: Any = Member.objects.filter(network__translation_key=self.network.translation_key, email=self.email)
            if same.exclude(pk=self.pk).exists():
                raise ValidationError({"email": _("This address is already a member of the network.")})
