from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.models import Page

from verkosto.core.locales import lang_if_different, localise_pages

RICH_TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]
SECTION_FEATURES = ["h3", "h4", *RICH_TEXT_FEATURES, "hr"]


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Heading"), max_length=150)
    level = blocks.ChoiceBlock(
        label=_("Level"),
        choices=[("2", _("Section")), ("3", _("Part of a section"))],
        default="2",
        help_text=_("Screen reader users navigate by headings: place a part under a section."),
    )

    class Meta:
        label = _("Heading")
        icon = "title"
        group = _("Text")
        template = "verkosto_core/blocks/heading.html"
        description = _("A heading that starts a section of the page.")
        preview_value = {"text": "What the network is for", "level": "2"}


class RichTextBlock(blocks.StructBlock):
    text = blocks.RichTextBlock(label=_("Text"), features=SECTION_FEATURES)

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        group = _("Text")
        template = "verkosto_core/blocks/rich_text.html"
        description = _("Running text with links and lists.")
        preview_value = {"text": "<p>The network meets <b>twice a year</b> and prepares an annual seminar.</p>"}


class QuotationBlock(blocks.StructBlock):
    text = blocks.TextBlock(
        label=_("Quotation"), help_text=_("Without quotation marks: the page adds those of its language.")
    )
    speaker = blocks.CharBlock(label=_("Name of the speaker"), required=False)
    role = blocks.CharBlock(label=_("Role of the speaker"), required=False)
    organisation = blocks.CharBlock(label=_("Organisation of the speaker"), required=False)

    class Meta:
        label = _("Quotation")
        icon = "openquote"
        group = _("Text")
        template = "verkosto_core/blocks/quotation.html"
        description = _("A quotation, with the role and organisation of the speaker.")
        preview_value = {
            "text": "We learned more from each other than from any course.",
            "role": "Head of HR",
            "organisation": "Example Agency",
        }


class PrinciplesBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False)
    items = blocks.ListBlock(blocks.TextBlock(label=_("Principle")), label=_("Principles"), min_num=1)

    class Meta:
        label = _("List of principles")
        icon = "list-ol"
        group = _("Text")
        template = "verkosto_core/blocks/principles.html"
        description = _("The principles of a group or network, one at a time.")
        preview_value = {"title": "How we work", "items": ["Voluntary support", "The group chooses its themes"]}


class FactBoxBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"))
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT_FEATURES, required=False)
    facts = blocks.ListBlock(
        blocks.StructBlock(
            [("label", blocks.CharBlock(label=_("Fact"))), ("value", blocks.CharBlock(label=_("Value")))],
            label=_("Fact"),
        ),
        label=_("Facts"),
        required=False,
        default=[],
        help_text=_("Pairs such as “Groups: 4”. Visitors see them as a short list."),
    )

    class Meta:
        label = _("Fact box")
        icon = "info-circle"
        group = _("Text")
        template = "verkosto_core/blocks/fact_box.html"
        description = _("Key facts next to the text, for readers who skim the page.")
        preview_value = {
            "title": "In short",
            "text": "<p>Founded in 2019.</p>",
            "facts": [{"label": "Groups", "value": "4"}],
        }


class NoticeBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("Type"),
        choices=[("info", _("For information")), ("warning", _("Needs attention"))],
        default="info",
    )
    title = blocks.CharBlock(label=_("Title"), required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT_FEATURES)

    class Meta:
        label = _("Notice")
        icon = "warning"
        group = _("Text")
        template = "verkosto_core/blocks/notice.html"
        description = _("An important notice. For a notice with dates, use the page’s own notice.")
        preview_value = {"kind": "info", "title": "Please note", "text": "<p>The venue has changed.</p>"}


class LinkValue(blocks.StructValue):
    """A link to a page, a web address or a document."""

    @property
    def href(self) -> str:
        """The URL, or "" if the linked page or document has been deleted."""
        if self.get("page"):
            return self["page"].url or ""
        if self.get("document"):
            return self["document"].url
        return self.get("url") or ""

    @property
    def text(self) -> str:
        if self.get("title"):
            return self["title"]
        target = self.get("page") or self.get("document")
        return target.title if target else self.href

    @property
    def hreflang(self) -> str:
        """The language of the linked page where it is not the active language, else ""."""
        return lang_if_different(self.get("page"))

    @property
    def lang(self) -> str:
        """The language of the text where it is a page's title and not in the active language, else ""."""
        return "" if self.get("title") else self.hreflang

    @property
    def is_external(self) -> bool:
        return not self.get("page") and not self.get("document")


class LinkBlock(blocks.StructBlock):
    title = blocks.CharBlock(
        label=_("Link text"),
        required=False,
        help_text=_("If left empty, visitors see the title of the page or document."),
    )
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("Web address"), required=False)
    document = DocumentChooserBlock(label=_("Document"), required=False)
    description = blocks.CharBlock(label=_("Description"), required=False)

    class Meta:
        label = _("Link")
        icon = "link"
        value_class = LinkValue

    def clean(self, value: LinkValue) -> LinkValue:
        value = super().clean(value)
        targets = [name for name in ("page", "url", "document") if value.get(name)]
        if len(targets) != 1:
            raise StructBlockValidationError(
                non_block_errors=[ValidationError(_("Give one target: a page, a web address or a document."))]
            )
        if targets == ["url"] and not value.get("title"):
            raise StructBlockValidationError({"title": ValidationError(_("A web address needs a link text."))})
        return value


class LinksBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"), min_num=1)

    class Meta:
        label = _("Links")
        icon = "link"
        group = _("Lists")
        template = "verkosto_core/blocks/links.html"
        description = _("A list of links to pages, documents and other sites.")
        preview_value = {
            "title": "Projects and working groups",
            "links": [{"title": "Example project", "url": "https://example.fi/"}],
        }

    def get_context(self, value: blocks.StructValue, parent_context: dict | None = None) -> dict:
        """Return the context with the linked pages in the active language. One query for all links."""
        context = super().get_context(value, parent_context=parent_context)
        pages: list[Page] = [link["page"] for link in value["links"] if link.get("page")]
        localised = localise_pages(pages)
        for link in value["links"]:
            if link.get("page"):
                link["page"] = localised.get(link["page"].pk)
        context["links"] = [link for link in value["links"] if link.href]
        return context
