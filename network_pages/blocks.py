"""The lists that networks and groups are described with."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from verkosto.core.blocks import LinkBlock


class SentencesBlock(blocks.StreamBlock):
    """A list of sentences: lead questions, principles."""

    sentence = blocks.CharBlock(label=_("Sentence"), max_length=500)


class AddressesBlock(blocks.StreamBlock):
    """Links with their labels: groups on social media, related projects."""

    link = LinkBlock()
