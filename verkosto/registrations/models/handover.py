from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from verkosto.core.model_fields import EmailAddressField, NameField
from verkosto.registrations.models.registration import Registration


class HandoverRequest(models.Model):
    """A person's wish to give their place to a colleague, until the organiser has decided on it."""

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="handover_request")
    # The colleague.
    name = NameField(_("name"), max_length=200)
    email = EmailAddressField(_("email"), max_length=254)
    language = models.CharField(_("language"), max_length=20)
    created_at = models.DateTimeField(_("requested"), default=timezone.now)

    class Meta:
        verbose_name = _("request to hand over a place")
        verbose_name_plural = _("requests to hand over places")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.name
