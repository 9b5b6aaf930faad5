"""The organisers of a page, and the networks to which it belongs.

The child models have a parental key to ``wagtailcore.Page``, so that events, series, programmes and page types of
plugins share them. Rows with text are translated: a row has the same ``translation_key`` in all languages.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, Page, TranslatableMixin

from event_pages.panels import NetworkChooserPanel
from verkosto.core.translation_fields import ShownUntranslated
from verkosto.directory.models import Organisation


class Organiser(ShownUntranslated, TranslatableMixin, Orderable):
    """An organisation that organises the event, series or programme."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="organisers")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="+"
    )
    role = models.CharField(
        _("role"),
        max_length=100,
        blank=True,
        help_text=_("If it is not simply the organiser, such as “Partner”. Shown before the name, with a colon."),
    )

    panels = [FieldPanel("organisation"), FieldPanel("role")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("organiser")
        verbose_name_plural = _("organisers")

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def role_label(self) -> str:
        """The role as it stands before a colon and a name: "Yhteistyökumppani"."""
        return capfirst(self.role.rstrip(": "))


class NetworkLink(Orderable):
    """A network to which a page belongs without being below it. Any language version of the network may be chosen."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="network_links")
    network_page = models.ForeignKey(
        Page, verbose_name=_("network"), on_delete=models.CASCADE, related_name="linked_from"
    )

    panels = [NetworkChooserPanel("network_page")]

    class Meta(Orderable.Meta):
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "network_page"],
                name="event_pages_networklink_once_a_page",
                violation_error_message=_("This network is already selected for the page."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.network_page)


class OrganisedPage(models.Model):
    """A base class of page types with organisers and networks."""

    organisers: Any  # reverse of Organiser.page

    class Meta:
        abstract = True

    @cached_property
    def organiser_list(self) -> list[Organiser]:
        """The organisers in the editor's order. One query."""
        return list(self.organisers.select_related("organisation"))

    @cached_property
    def networks(self) -> list[Page]:
        """The networks that the page names, in its own language. One query."""
        keys = NetworkLink.objects.filter(page=self.pk).values("network_page__translation_key")
        same_language = Page.objects.live().filter(locale_id=self.locale_id)  # type: ignore[attr-defined]  # a page's
        return list(same_language.filter(translation_key__in=keys).order_by("title"))
