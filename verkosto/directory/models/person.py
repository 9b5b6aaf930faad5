from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from verkosto.core.model_fields import EmailAddressField, ImageForeignKey, NameField
from verkosto.directory.models.entry import Entry
from verkosto.directory.models.organisation import Organisation


class Person(Entry):
    name = NameField(_("name"), max_length=150)
    title = models.CharField(
        pgettext_lazy("of a person", "title"),
        max_length=150,
        blank=True,
        help_text=_("Job title in this language, such as “Head of HR”."),
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="people",
    )
    speciality = models.CharField(
        _("speciality"), max_length=250, blank=True, help_text=_("The facilitator’s or speaker’s area of expertise.")
    )
    email = EmailAddressField(
        _("email"),
        blank=True,
        help_text=_("Public wherever the person is a contact. The address is hidden from address harvesters."),
    )
    phone = models.CharField(
        _("telephone"),
        max_length=40,
        blank=True,
        help_text=_("In international format, such as +358 295 00 1234. The same in every language."),
    )
    picture = ImageForeignKey(
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    picture_alt = models.CharField(
        _("alternative text"),
        max_length=250,
        blank=True,
        help_text=_(
            "Describe the image for people who cannot see it. If left empty, the description of the image itself is used."
        ),
    )
    biography = RichTextField(
        _("biography"),
        blank=True,
        features=["bold", "italic", "link"],
        help_text=_("Shown where the person is a speaker or a facilitator."),
    )

    panels = [
        MultiFieldPanel(["name", "title", "organisation", "speciality"], heading=_("Who")),
        MultiFieldPanel(["email", "phone"], heading=_("Contact details")),
        MultiFieldPanel(["picture", "picture_alt", "biography"], heading=_("Presentation")),
    ]
    search_fields = [
        index.SearchField("name", boost=2),
        index.AutocompleteField("name"),
        index.SearchField("title"),
        index.FilterField("locale_id"),
    ]
    override_translatable_fields = [
        # Overridable, because the name may be a role, which is translated.
        SynchronizedField("name"),
        SynchronizedField("email"),
        SynchronizedField("phone"),
        SynchronizedField("picture", overridable=False),
    ]

    class Meta(Entry.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
