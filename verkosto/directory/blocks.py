from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from verkosto.core.blocks import NeutralCharBlock
from verkosto.core.email_addresses import normalise_email


class MailboxBlock(blocks.StructBlock):
    """The contact details of a function, such as a secretariat."""

    label = blocks.CharBlock(label=_("Name of the mailbox"), help_text=_("Such as “Secretariat of the network”."))
    email = blocks.EmailBlock(label=_("Email"))
    phone = NeutralCharBlock(label=_("Telephone"), required=False)

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Check the mailbox with its address in the one form in which addresses are stored."""
        value["email"] = normalise_email(value.get("email") or "")
        cleaned: blocks.StructValue = super().clean(value)
        return cleaned

    class Meta:
        label = _("Mailbox")
        icon = "mail"
        template = "verkosto_directory/blocks/mailbox.html"
        description = _("An address for a function, not a person.")
        preview_value = {"label": "Network secretariat", "email": "network@example.fi", "phone": "+358 295 00 100"}


class PersonBlock(SnippetChooserBlock):
    """A person from the directory."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("verkosto_directory.Person", **kwargs)

    def bulk_to_python(self, values: Sequence[int | None]) -> list[models.Model | None]:
        """Return the people with their organisations. One query."""
        people = self.model_class._default_manager.select_related("organisation").in_bulk([pk for pk in values if pk])
        return [people.get(pk) for pk in values]

    class Meta:
        label = _("Person")
        icon = "user"
        template = "verkosto_directory/blocks/person.html"
        description = _("A person from the directory with title, organisation, email and telephone.")


class ContactListBlock(blocks.StreamBlock):
    """People and mailboxes, in the order in which visitors should contact them."""

    person = PersonBlock()
    mailbox = MailboxBlock()


class ContactsBlock(blocks.StructBlock):
    """A list of contacts with a title, for the body of a page."""

    title = blocks.CharBlock(label=_("Title"), required=False)
    contacts = ContactListBlock(label=_("Contacts"))

    class Meta:
        label = _("Contacts")
        icon = "group"
        group = _("Lists")
        template = "verkosto_directory/blocks/contacts.html"
        description = _("Contact persons and mailboxes in the middle of the text.")
        preview_value = {
            "title": "Ask us",
            "contacts": [
                {
                    "type": "mailbox",
                    "value": {"label": "Network secretariat", "email": "network@example.fi", "phone": ""},
                }
            ],
        }
