from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from verkosto.directory.concepts import normalise_concept_url, validate_concept_url
from verkosto.directory.models.entry import Entry


class Topic(Entry):
    name = models.CharField(_("name"), max_length=80, help_text=_("Visitors filter lists by this word."))
    slug = models.SlugField(
        _("key"),
        max_length=80,
        help_text=_("Part of the address of filtered lists, the same in every language. Do not change it later."),
    )
    description = models.CharField(_("description"), max_length=250, blank=True)
    concept_url = models.URLField(
        _("concept in an ontology"),
        blank=True,
        validators=[validate_concept_url],
        help_text=_(
            "The URI of the same concept in YSO, such as http://www.yso.fi/onto/yso/p1234. You find it at finto.fi. With "
            "it, search engines and other systems recognise the topic in every language."
        ),
    )

    panels = ["name", "slug", "description", "concept_url"]
    search_fields = [
        index.SearchField("name", boost=2),
        index.AutocompleteField("name"),
        index.FilterField("locale_id"),
    ]
    override_translatable_fields = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("concept_url", overridable=False),
    ]

    class Meta(Entry.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["locale", "slug"],
                name="directory_topic_slug_once_a_locale",
                violation_error_message=_("Another topic of this language has the same key."),
            ),
            models.UniqueConstraint(
                fields=["locale", "concept_url"],
                condition=~models.Q(concept_url=""),
                name="directory_topic_concept_once_a_locale",
                violation_error_message=_("Another topic of this language is the same concept."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        self.concept_url = normalise_concept_url(self.concept_url)


class TopicLink(TranslatableMixin, Orderable):
    """The link of a page to a topic."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="links")

    panels = ["topic"]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "topic"],
                name="directory_topiclink_topic_once_a_page",
                violation_error_message=_("The page already has this topic."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.topic)
