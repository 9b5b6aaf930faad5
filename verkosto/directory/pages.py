from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import InlinePanel
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField

from verkosto.directory.blocks import ContactListBlock
from verkosto.directory.models import Person, Topic


class ContactsMixin(models.Model):
    """A base class of page types with contacts and topics from the directory."""

    contacts = StreamField(
        ContactListBlock,
        verbose_name=_("contacts"),
        blank=True,
        help_text=_("Shown at the end of the page. Each language may have its own contacts."),
    )

    topic_links: Any  # the reverse relation of TopicLink.page

    contacts_panels = ["contacts"]
    topic_panels = [
        InlinePanel(
            "topic_links",
            heading=_("Topics"),
            label=_("Topic"),
            help_text=_("Visitors find the page by these topics in lists and in search."),
        ),
    ]

    class Meta:
        abstract = True

    @cached_property
    def topics(self) -> list[Topic]:
        """The page's topics in their order. One query."""
        return [link.topic for link in self.topic_links.select_related("topic").order_by("sort_order")]

    @cached_property
    def contact_list(self) -> list[StreamValue.StreamChild]:
        """The page's contacts in their order, without deleted persons. One query."""
        if not self.contacts:
            return []
        pks = [child["value"] for child in self.contacts.raw_data if child["type"] == "person"]
        people = Person.objects.select_related("organisation").in_bulk(pks) if pks else {}
        shown: list[StreamValue.StreamChild] = []
        for index, child in enumerate(self.contacts.raw_data):
            if child["type"] != "person":
                shown.append(self.contacts[index])
            elif child["value"] in people:
                block = self.contacts.stream_block.child_blocks["person"]
                shown.append(StreamValue.StreamChild(block, people[child["value"]], id=child.get("id")))
        return shown
