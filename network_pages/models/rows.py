"""Rows that belong to networks and rounds: organisations, people and the pairs in which they learn."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page, TranslatableMixin

from event_pages.models.rows import Appearance
from verkosto.directory.models import Organisation


class OrganisationRow(TranslatableMixin, Orderable):
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


class CommitteeMember(Appearance):
    page = ParentalKey("verkosto_networks.NetworkPage", on_delete=models.CASCADE, related_name="committee")

    class Meta(Appearance.Meta):
        verbose_name = _("member of the working committee")
        verbose_name_plural = _("members of the working committee")


class RoundParticipant(OrganisationRow):
    page = ParentalKey("verkosto_networks.ProgrammeRoundPage", on_delete=models.CASCADE, related_name="participants")

    class Meta(OrganisationRow.Meta):
        verbose_name = _("participating organisation")
        verbose_name_plural = _("participating organisations")


class LearningPair(TranslatableMixin, ClusterableModel, Orderable):
    """Two or more organisations that learn from each other on a theme they share."""

    page = ParentalKey("verkosto_networks.ProgrammeRoundPage", on_delete=models.CASCADE, related_name="learning_pairs")
    theme = models.CharField(
        _("theme"), max_length=250, help_text=_("What the pair has in common. Shown between the organisations.")
    )
    results = RichTextField(_("results"), blank=True, features=["bold", "italic", "link", "document-link", "ul"])

    panels = [
        FieldPanel("theme"),
        InlinePanel("members", heading=_("Organisations"), label=_("Organisation"), min_num=2),
        FieldPanel("results"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("learning pair")
        verbose_name_plural = _("learning pairs")

    def __str__(self) -> str:
        return self.theme


class PairMember(OrganisationRow):
    pair = ParentalKey(LearningPair, on_delete=models.CASCADE, related_name="members")

    class Meta(OrganisationRow.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")


class StoryLink(Orderable):
    """A story that stands elsewhere in the tree; those below the page gather by themselves."""

    page = ParentalKey("verkosto_networks.ProgrammeRoundPage", on_delete=models.CASCADE, related_name="story_links")
    story = models.ForeignKey(Page, verbose_name=_("story"), on_delete=models.CASCADE, related_name="+")

    panels = [PageChooserPanel("story")]

    class Meta(Orderable.Meta):
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def __str__(self) -> str:
        return str(self.story)
