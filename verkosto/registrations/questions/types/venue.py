from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructValue
from wagtail.snippets.blocks import SnippetChooserBlock

from verkosto.core.text import clean_line
from verkosto.registrations.questions.types.choice import Choice

if TYPE_CHECKING:
    from verkosto.directory.models import Venue


class VenueOptionBlock(blocks.StructBlock):
    """One of the venues of an event that is held at several, with its own limit of places."""

    label = blocks.CharBlock(
        label=_("Town or venue"), max_length=255, help_text=_("As people choose it in the form, such as “Turku”.")
    )
    venue = SnippetChooserBlock(
        "verkosto_directory.Venue",
        label=_("Venue"),
        required=False,
        help_text=_(
            "Its name and address are on the page, in emails and in the calendar entries of those who choose it."
        ),
    )
    capacity = blocks.IntegerBlock(
        label=_("Places"),
        required=False,
        min_value=0,
        help_text=_("When all are taken, the venue is shown as full. If left empty, there is no limit."),
    )

    class Meta:
        icon = "site"
        label = _("Venue")
        label_format = "{label}"
        form_classname = "struct-block choice-block"


class VenueChoice(Choice):
    """At which of the event's venues a person takes part. Stored as the key of the option."""

    name = "venue"
    label = _("Venue: one of several")
    icon = "site"
    missing_message = _("Choose where you take part.")
    waits_when_full = True
    can_ask_each = False
    is_personal = True  # a feedback form has no venues
    extra_fields = {"choices": blocks.ListBlock(VenueOptionBlock(), label=_("Venues"), min_num=2)}

    def venues(self, value: StructValue) -> "dict[str, tuple[str, Venue | None]]":
        """Return the block's options by key: the label and the venue of each."""
        return {
            child.id: (clean_line(child.value["label"]), child.value.get("venue"))
            for child in value["choices"].bound_blocks
        }


def location_of(label: str, venue: "Venue | None") -> str:
    """Return an option's label with the name and the address of its venue, on one line."""
    parts = [label, *([venue.name, venue.address] if venue else [])]
    return ", ".join(dict.fromkeys(clean_line(part) for part in parts if part))
