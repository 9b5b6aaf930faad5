"""The organisations and committee members of networks and rounds."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, TranslatableMixin

from event_pages.models import PersonInRole
from verkosto.directory.models import Organisation


class OrganisationRow(TranslatableMixin, Orderable):
    """An organisation in a list of a page."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("organisation")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return str(self.organisation)


class NetworkHost(OrganisationRow):
    page = ParentalKey("verkosto_networks.NetworkPage", on_delete=models.CASCADE, related_name="hosts")

    class Meta(OrganisationRow.Meta):
        verbose_name = _("host")
        verbose_name_plural = _("hosts")


class NetworkMember(OrganisationRow):
    """A member organisation. The people of a network are never public."""

    page = ParentalKey("verkosto_networks.NetworkPage", on_delete=models.CASCADE, related_name="member_organisations")

    class Meta(OrganisationRow.Meta):
        verbose_name = _("member organisation")
        verbose_name_plural = _("member organisations")


class CommitteeMember(PersonInRole):
    page = ParentalKey("verkosto_networks.NetworkPage", on_delete=models.CASCADE, related_name="committee")

    class Meta(PersonInRole.Meta):
        verbose_name = _("member of the working committee")
        verbose_name_plural = _("members of the working committee")


class RoundParticipant(OrganisationRow):
    page = ParentalKey("verkosto_networks.ProgrammeRoundPage", on_delete=models.CASCADE, related_name="participants")

    class Meta(OrganisationRow.Meta):
        verbose_name = _("participating organisation")
        verbose_name_plural = _("participating organisations")
