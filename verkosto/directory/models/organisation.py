from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from verkosto.core.html import in_language
from verkosto.core.locales import language_code_of
from verkosto.core.model_fields import ImageForeignKey, NameField
from verkosto.directory.models.entry import Entry


class Organisation(Entry):
    name = NameField(
        _("name"), max_length=200, help_text=_("The official name in this language; visitors see it on every page.")
    )
    abbreviation = models.CharField(_("abbreviation"), max_length=30, blank=True)
    website = models.URLField(
        _("website"), blank=True, help_text=_("If you give an address, the name becomes a link wherever it is shown.")
    )
    logo = ImageForeignKey(
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    about = RichTextField(
        _("about the organisation"),
        blank=True,
        features=["bold", "italic", "link", "ul"],
        help_text=_("Shown as “About the organiser” on every network and event that it hosts. Write it once, here."),
    )

    panels = [
        MultiFieldPanel(["name", "abbreviation", "website", "logo"], heading=_("Organisation")),
        FieldPanel("about"),
    ]
    search_fields = [
        index.SearchField("name", boost=2),
        index.AutocompleteField("name"),
        index.SearchField("abbreviation"),
        index.FilterField("locale_id"),
    ]
    override_translatable_fields = [
        SynchronizedField("logo", overridable=False),
        SynchronizedField("website"),
    ]

    class Meta(Entry.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def name_html(self) -> SafeString:
        """The name as HTML, with its language; a link where the organisation has a website."""
        name = in_language(self.name, language_code_of(self))
        return format_html('<a href="{}" rel="external">{}</a>', self.website, name) if self.website else name
