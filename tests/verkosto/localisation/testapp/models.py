"""A page that has every kind of fact and every kind of word that wagtail-localize knows."""

from django.db import models
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtail.snippets.models import register_snippet
from wagtail_localize.fields import SynchronizedField


@register_snippet
class Hall(TranslatableMixin, models.Model):
    name = models.CharField(max_length=100)
    seats = models.IntegerField(default=0)

    panels = [FieldPanel("name"), FieldPanel("seats")]

    class Meta(TranslatableMixin.Meta):
        pass

    def __str__(self):
        return self.name


@register_snippet
class Badge(TranslatableMixin, models.Model):
    """What wagtail-localize cannot translate: its code is unique."""

    code = models.CharField(max_length=20, unique=True)

    panels = [FieldPanel("code")]

    class Meta(TranslatableMixin.Meta):
        pass

    def __str__(self):
        return self.code


class Label(models.Model):
    code = models.CharField(max_length=20)

    def __str__(self):
        return self.code


class TalkPage(Page):
    intro = models.CharField(max_length=200, blank=True)
    text = RichTextField(blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    hall = models.ForeignKey(Hall, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    labels = ParentalManyToManyField(Label, blank=True)
    contacts = StreamField([("hall", SnippetChooserBlock(Hall)), ("mailbox", blocks.EmailBlock())], blank=True)
    body = StreamField([("paragraph", blocks.RichTextBlock()), ("heading", blocks.CharBlock())], blank=True)

    override_translatable_fields = [
        SynchronizedField("starts_at", overridable=False),
        SynchronizedField("capacity", overridable=False),
        SynchronizedField("labels"),
        SynchronizedField("contacts"),
    ]

    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("text"),
        FieldPanel("starts_at"),
        FieldPanel("capacity"),
        FieldPanel("hall"),
        FieldPanel("labels"),
        FieldPanel("contacts"),
        FieldPanel("body"),
        InlinePanel("items"),
        InlinePanel("talk_links"),
    ]


class TalkItem(TranslatableMixin, Orderable):
    page = ParentalKey(TalkPage, on_delete=models.CASCADE, related_name="items")
    at = models.TimeField()
    title = models.CharField(max_length=100)
    note = models.CharField(max_length=100, blank=True)
    speaker = models.CharField(max_length=100, blank=True)

    override_translatable_fields = [SynchronizedField("speaker", overridable=False)]
    panels = [FieldPanel("at"), FieldPanel("title"), FieldPanel("note"), FieldPanel("speaker")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        pass


class TalkLink(Orderable):
    page = ParentalKey(TalkPage, on_delete=models.CASCADE, related_name="talk_links")
    url = models.URLField()
    hall = models.ForeignKey(Hall, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    panels = [FieldPanel("url"), FieldPanel("hall")]
