"""The lists of sentences and of links on pages of networks and groups."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from verkosto.core.blocks import LinkBlock


class SentenceListBlock(blocks.StreamBlock):
    """A list of sentences: lead questions, principles."""

    sentence = blocks.CharBlock(label=_("Sentence"), max_length=500)


class LinkListBlock(blocks.StreamBlock):
    """Links with their labels: groups on social media, related projects."""

    link = LinkBlock()
