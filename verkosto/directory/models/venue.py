from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from verkosto.directory.models.entry import Entry


class Venue(Entry):
    """A venue of events. In a bilingual country, streets and towns have a name in each language."""

    name = models.CharField(_("name"), max_length=150)
    street_address = models.CharField(_("street address"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    city = models.CharField(_("town"), max_length=100, blank=True)
    country = models.CharField(
        _("country"), max_length=2, default="FI", help_text=_("Two letters (ISO 3166), such as FI or SE.")
    )
    map_url = models.URLField(_("map"), blank=True, help_text=_("Visitors can open this map from the event page."))
    directions = RichTextField(_("how to get there"), blank=True, features=["bold", "italic", "link", "ul"])
    accessibility = RichTextField(
        _("accessibility"),
        blank=True,
        features=["bold", "italic", "link", "ul"],
        help_text=_(
            "Step-free entrance, induction loop, lift: this information helps people decide whether they can attend."
        ),
    )

    panels = [
        MultiFieldPanel(
            ["name", "street_address", FieldRowPanel(["postal_code", "city", "country"]), "map_url"],
            heading=_("Address"),
        ),
        FieldPanel("directions"),
        FieldPanel("accessibility"),
    ]
    search_fields = [
        index.SearchField("name", boost=2),
        index.AutocompleteField("name"),
        index.SearchField("city"),
        index.FilterField("locale_id"),
    ]
    override_translatable_fields = [
        SynchronizedField("postal_code", overridable=False),
        SynchronizedField("country", overridable=False),
        SynchronizedField("map_url"),
    ]

    class Meta(Entry.Meta):
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.city}" if self.city else self.name

    @property
    def address(self) -> str:
        """The address on one line, without the name of the venue. The postal code has no-break spaces."""
        town = " ".join(part for part in (self.postal_code.replace(" ", "\u00a0"), self.city) if part)
        return ", ".join(part for part in (self.street_address, town) if part)
