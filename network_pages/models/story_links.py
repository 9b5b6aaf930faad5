"""The stories that a round names."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import PageChooserPanel
from wagtail.models import Orderable, Page


class StoryLink(Orderable):
    """A story elsewhere in the tree; the page lists those below it without a link."""

    page = ParentalKey("verkosto_networks.ProgrammeRoundPage", on_delete=models.CASCADE, related_name="story_links")
    story = models.ForeignKey(Page, verbose_name=_("story"), on_delete=models.CASCADE, related_name="+")

    panels = [PageChooserPanel("story")]

    class Meta(Orderable.Meta):
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def __str__(self) -> str:
        return str(self.story)
