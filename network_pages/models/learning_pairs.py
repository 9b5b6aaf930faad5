"""The learning pairs of a round."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from network_pages.models.organisations import OrganisationRow
from verkosto.core.translation_fields import ShownUntranslated


class LearningPair(ShownUntranslated, TranslatableMixin, ClusterableModel, Orderable):
    """Two or more organisations that learn from each other about a common theme."""

    page = ParentalKey("verkosto_networks.ProgrammeRoundPage", on_delete=models.CASCADE, related_name="learning_pairs")
    theme = models.CharField(
        _("theme"), max_length=250, help_text=_("What the pair has in common. Shown between the organisations.")
    )
    results = RichTextField(_("results"), blank=True, features=["bold", "italic", "link", "document-link", "ul"])
    story = models.ForeignKey(
        Page,
        verbose_name=_("story"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "A news item or story about the pair. Each language links to its own version, once that is published."
        ),
    )

    #: The story in the language of the round's page; ``ProgrammeRoundPage.pairs`` sets it.
    shown_story: Page | None = None

    panels = [
        FieldPanel("theme"),
        InlinePanel("members", heading=_("Organisations"), label=_("Organisation"), min_num=2),
        FieldPanel("results"),
        PageChooserPanel("story"),
    ]

    override_translatable_fields = [SynchronizedField("story", overridable=False)]

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
