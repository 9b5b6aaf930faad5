from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import InlinePanel
from wagtail.fields import StreamField

from directory.blocks import ContactListBlock
from directory.models import Topic


class ContactsMixin(models.Model):
    """What a page takes from the directory: the people to ask, and its topics."""

    contacts = StreamField(
        ContactListBlock,
        verbose_name=_("contacts"),
        blank=True,
        help_text=_("Shown at the end of the page. Each language may name its own contacts."),
    )

    topic_links: Any  # TopicLink.page makes it on every page

    contacts_panels = ["contacts"]
    topic_panels = [
        InlinePanel(
            "topic_links",
            heading=_("Topics"),
            label=_("Topic"),
            help_text=_("Visitors find the page by these in lists and in search."),
        ),
    ]

    class Meta:
        abstract = True

    @cached_property
    def topics(self) -> list[Topic]:
        """The page's topics in the editor's order. One query."""
        return [link.topic for link in self.topic_links.select_related("topic").order_by("sort_order")]
