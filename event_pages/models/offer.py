"""What an event costs, who holds it if not the organisation itself, and where people register if not here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from verkosto.core.conditional_panels import shown_if, shown_if_or_filled
from verkosto.core.formats import format_day
from verkosto.core.text import clean_line

UNLESS_REGISTRATION = shown_if(match="not", registration_enabled=("on",))

#: What editors write where nothing has to be paid, without the full stop at the end.
FREE = frozenset(
    {
        *("maksuton", "maksuton tilaisuus", "ilmainen", "ei maksua", "free", "free of charge", "no charge", "gratis"),
        *("avgiftsfri", "avgiftsfritt", "kostnadsfri", "kostnadsfritt", "0 €", "€0", "0 eur"),
    }
)


@dataclass(frozen=True)
class Price:
    """A price, which may apply until its last day or from its first: ``note`` says so in the active language."""

    text: str
    note: str = ""
    until: date | None = None
    since: date | None = None

    @property
    def is_free(self) -> bool:
        """Whether it says that nothing has to be paid."""
        return self.text.strip(" .").lower() in FREE


class PricedPage(models.Model):
    """A base class of page types with a price as a fact. Nothing is paid on the site."""

    price = models.CharField(
        _("price"),
        max_length=200,
        blank=True,
        help_text=_("As visitors read it, such as “Free of charge” or “€120 + VAT”. Nothing is paid on this site."),
    )
    early_price = models.CharField(
        _("early price"), max_length=200, blank=True, help_text=_("For people who register early.")
    )
    early_price_until = models.DateField(
        _("early price until"), null=True, blank=True, help_text=_("The last day of the early price.")
    )
    late_price = models.CharField(
        _("late price"), max_length=200, blank=True, help_text=_("For people who register late.")
    )
    late_price_from = models.DateField(
        _("late price from"), null=True, blank=True, help_text=_("The first day of the late price.")
    )
    price_details = models.TextField(
        _("price and invoicing details"),
        blank=True,
        help_text=_("What the price includes, how it is invoiced, and until when cancelling is free."),
    )

    price_panels = [
        MultiFieldPanel(
            [
                "price",
                FieldRowPanel(["early_price", "early_price_until"]),
                FieldRowPanel(["late_price", "late_price_from"]),
                "price_details",
            ],
            heading=_("Price"),
        )
    ]
    price_facts = [SynchronizedField(name, overridable=False) for name in ("early_price_until", "late_price_from")]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Promise | str] = {}
        for price, day in (("early_price", "early_price_until"), ("late_price", "late_price_from")):
            if getattr(self, price) and not getattr(self, day):
                errors[day] = _("Give the day as well.")
            elif getattr(self, day) and not getattr(self, price):
                errors[price] = _("Give the price as well.")
        if self.early_price_until and self.late_price_from and self.late_price_from <= self.early_price_until:
            errors["late_price_from"] = _("The late price begins before the early price ends.")
        if errors:
            raise ValidationError(errors)

    @property
    def prices(self) -> list[Price]:
        """The price, then the early and the late one."""
        prices = [Price(self.price)] if self.price else []
        if self.early_price and self.early_price_until:
            note = gettext("until %(day)s") % {"day": format_day(self.early_price_until)}
            prices.append(Price(self.early_price, note, until=self.early_price_until))
        if self.late_price and self.late_price_from:
            note = gettext("from %(day)s") % {"day": format_day(self.late_price_from)}
            prices.append(Price(self.late_price, note, since=self.late_price_from))
        return prices

    @property
    def free_data(self) -> dict[str, bool]:
        """``isAccessibleForFree`` of schema.org; {} where the page does not say whether something has to be paid."""
        prices = self.prices
        return {"isAccessibleForFree": all(price.is_free for price in prices)} if prices else {}

    @property
    def offer_data(self) -> list[dict[str, str]]:
        """The prices as schema.org/Offer: as they are written, with the days on which they begin and end."""
        days = [("validFrom", "since"), ("validThrough", "until")]
        return [
            {"@type": "Offer", "description": clean_line(price.text)}
            | {key: getattr(price, name).isoformat() for key, name in days if getattr(price, name)}
            for price in self.prices
        ]


class ProvidedPage(models.Model):
    """A base class of page types that another organisation may hold: the page tells of it and leads there."""

    provider_name = models.CharField(
        _("provider"),
        max_length=200,
        blank=True,
        help_text=_(
            "An organisation outside your own that holds this and takes care of registration and price. Shown on the page "
            "and in lists."
        ),
    )
    provider_url = models.URLField(
        _("provider’s website"), max_length=1000, blank=True, help_text=_("The page leads there for more information.")
    )

    provider_panels = [
        MultiFieldPanel(
            ["provider_name", FieldPanel("provider_url")],
            heading=_("Provider outside the organisation"),
            attrs={**UNLESS_REGISTRATION, "data-shown-while-filled": ""},
        )
    ]
    provider_facts = [SynchronizedField("provider_url")]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.provider_url and not self.provider_name:
            raise ValidationError({"provider_name": _("Give the name of the provider as well.")})
        if self.provider_name and getattr(self, "registration_enabled", False):
            text = _(
                "The provider takes the registrations. Leave this empty, or switch off the registration on this page."
            )
            raise ValidationError({"provider_name": text})

    @property
    def provider_data(self) -> dict[str, str] | None:
        """The provider as schema.org/Organization; None if the organisation itself holds it."""
        if not self.provider_name:
            return None
        url = {"url": self.provider_url} if self.provider_url else {}
        return {"@type": "Organization", "name": clean_line(self.provider_name), **url}


class OfferMixin(PricedPage, ProvidedPage):
    """A base class of page types with a price, accommodation and a registration on another website."""

    accommodation = models.TextField(
        _("accommodation"),
        blank=True,
        help_text=_("Such as rooms reserved at a hotel: their price, and how to book one."),
    )
    accommodation_until = models.DateField(
        _("book accommodation by"), null=True, blank=True, help_text=_("The last day of the reservation.")
    )
    external_registration_url = models.URLField(
        _("registration on another website"),
        max_length=1000,
        blank=True,
        help_text=_("The page leads there to register, instead of a form of its own."),
    )

    registration_not_needed = models.BooleanField(
        _("no registration needed"),
        default=False,
        help_text=_("The page and the lists say that people can come without registering."),
    )

    accommodation_panels = [
        MultiFieldPanel(
            ["accommodation", "accommodation_until"],
            heading=_("Accommodation"),
            attrs=shown_if_or_filled(attendance=("on_site", "hybrid")),
        )
    ]
    external_registration_panels = [
        MultiFieldPanel(
            ["external_registration_url", "registration_not_needed"],
            heading=_("Without a form on this page"),
            attrs=UNLESS_REGISTRATION,
        )
    ]
    offer_facts = [
        *PricedPage.price_facts,
        *ProvidedPage.provider_facts,
        *(
            SynchronizedField(name, overridable=False)
            for name in ("accommodation_until", "external_registration_url", "registration_not_needed")
        ),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.external_registration_url and getattr(self, "registration_enabled", False):
            text = _("Leave this empty, or switch off the registration on this page.")
            raise ValidationError({"external_registration_url": text})
        if self.registration_not_needed and (
            self.external_registration_url or getattr(self, "registration_enabled", False)
        ):
            text = _(
                "Clear this, or switch off the registration on this page and remove the address of the other website."
            )
            raise ValidationError({"registration_not_needed": text})
        if self.accommodation_until and not self.accommodation:
            raise ValidationError({"accommodation": _("Say what can be booked, or leave the day empty.")})

    @property
    def registers_elsewhere(self) -> bool:
        """Whether visitors can be led to another website to register: the event is held and not over."""
        return bool(self.external_registration_url) and self.is_held and not self.is_over  # type: ignore[attr-defined]  # an event's

    @property
    def needs_no_registration(self) -> bool:
        """Whether visitors can come without registering: the event is held and not over."""
        return self.registration_not_needed and self.is_held and not self.is_over  # type: ignore[attr-defined]  # an event's
