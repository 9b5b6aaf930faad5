from __future__ import annotations

from dataclasses import replace

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Locale, PreviewableMixin, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from home.header_footer import HeaderFooter, header_footer_of, menu_links
from verkosto.core.blocks import LinkBlock
from verkosto.core.blocks.text import RICH_TEXT_FEATURES
from verkosto.core.constraints import ConstraintErrorsByField
from verkosto.core.forms import SettingsForm
from verkosto.core.model_fields import EmailAddressField


class FooterColumnBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"))
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT_FEATURES, required=False)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"), default=[], required=False)

    class Meta:
        label = _("Column")
        icon = "list-ul"


class SocialLinkBlock(blocks.StructBlock):
    label = blocks.CharBlock(
        label=_("Label"), help_text=_("For example “Verkosto on Mastodon”. Links are shown as text, without an icon.")
    )
    url = blocks.URLBlock(label=_("Web address"))

    class Meta:
        label = _("Social link")
        icon = "link"


class SiteSettings(ConstraintErrorsByField, PreviewableMixin, TranslatableMixin, models.Model):
    """The header, the footer and the site-wide notice of one language. One row for each locale."""

    always_checked = frozenset({"locale"})
    base_form_class = SettingsForm

    name = models.CharField(_("site name"), max_length=80, help_text=_("Shown next to the logo and in page titles."))
    tagline = models.CharField(_("tagline"), max_length=150, blank=True)
    header_links = StreamField(
        [("link", LinkBlock())],
        verbose_name=_("header"),
        blank=True,
        help_text=_("The main navigation, in this order. Up to six links fit on one line."),
    )
    footer_columns = StreamField([("column", FooterColumnBlock())], verbose_name=_("footer"), blank=True)
    social_links = StreamField([("link", SocialLinkBlock())], verbose_name=_("social media"), blank=True)
    contact_email = EmailAddressField(_("email"), blank=True, help_text=_("Shown in the footer of every page."))
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    accessibility_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("accessibility statement"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The law requires a link to the statement on every page. If left empty, the footer has no link."),
    )
    privacy_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("privacy page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    notice = RichTextField(
        _("notice"),
        blank=True,
        features=RICH_TEXT_FEATURES,
        help_text=_("Shown at the top of every page in this language while it is in force."),
    )
    notice_from = models.DateTimeField(_("in force from"), null=True, blank=True)
    notice_until = models.DateTimeField(_("in force until"), null=True, blank=True)

    news_months = models.PositiveSmallIntegerField(
        _("months after which news say that they are old"),
        null=True,
        blank=True,
        default=6,
        help_text=_("Readers who come from a search engine see it above the text. If left empty, it is never shown."),
    )

    panels = [
        MultiFieldPanel(["name", "tagline"], heading=_("Site")),
        "header_links",
        "footer_columns",
        "social_links",
        MultiFieldPanel(
            [
                FieldRowPanel(["contact_email", "contact_phone"]),
                PageChooserPanel("accessibility_page"),
                PageChooserPanel("privacy_page"),
            ],
            heading=_("Contact and statements"),
        ),
        MultiFieldPanel(["notice", FieldRowPanel(["notice_from", "notice_until"])], heading=_("Notice on every page")),
        MultiFieldPanel(["news_months"], heading=_("News")),
    ]
    override_translatable_fields = [
        SynchronizedField("contact_email"),
        SynchronizedField("contact_phone"),
        SynchronizedField("notice_from", overridable=False),
        SynchronizedField("notice_until", overridable=False),
        SynchronizedField("news_months"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")
        constraints = [
            models.UniqueConstraint(
                fields=["locale"],
                name="home_sitesettings_once_a_locale",
                violation_error_message=_("This language already has site settings."),
            ),
            models.CheckConstraint(
                condition=models.Q(notice_until__gte=models.F("notice_from"))
                | models.Q(notice_from=None)
                | models.Q(notice_until=None),
                name="home_sitesettings_notice_ends_after_start",
                violation_error_message=_("The notice ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def header_footer(cls, language_code: str) -> HeaderFooter:
        """Return the header and footer of a language; of the default language, marked, if it has no settings.

        Without links of their own, the pages "in menus".
        """
        by_code = {each.locale.language_code: each for each in cls.objects.select_related("locale")}
        settings = by_code.get(language_code) or by_code.get(Locale.get_default().language_code)
        found = header_footer_of(settings) if settings else HeaderFooter()
        return found if found.header_links else replace(found, header_links=menu_links(language_code))

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "home/site_settings_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, object]:
        """Return the context with the ``header_footer`` that is being edited."""
        return {**super().get_preview_context(request, mode_name), "header_footer": header_footer_of(self)}
