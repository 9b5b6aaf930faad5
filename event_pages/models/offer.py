"""What an event costs, and where people register if not here."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import MultiFieldPanel

from verkosto.core.conditional_panels import shown_if


class OfferMixin(models.Model):
    """A base class of page types with a price as a fact, and a registration on another website."""

    price = models.CharField(
        _("price"),
        max_length=200,
        blank=True,
        help_text=_("As visitors read it, such as “Free of charge” or “€120 + VAT”. Nothing is paid on this site."),
    )
    price_details = models.TextField(
        _("price and invoicing details"),
        blank=True,
        help_text=_("What the price includes, how it is invoiced, and until when cancelling is free."),
    )
    external_registration_url = models.URLField(
        _("registration on another website"),
        max_length=1000,
        blank=True,
        help_text=_("The page leads there to register, instead of a form of its own."),
    )

    price_panels = [MultiFieldPanel(["price", "price_details"], heading=_("Price"))]
    external_registration_panels = [
        MultiFieldPanel(
            ["external_registration_url"],
            heading=_("Registration on another website"),
            attrs=shown_if(match="not", registration_enabled=("on",)),
        )
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.external_registration_url and getattr(self, "registration_enabled", False):
            text = _("Leave this empty, or switch off the registration on this page.")
            raise ValidationError({"external_registration_url": text})

    @property
    def registers_elsewhere(self) -> bool:
        """Whether visitors can be led to another website to register: the event is held and not over."""
        return bool(self.external_registration_url) and self.is_held and not self.is_over  # type: ignore[attr-defined]
