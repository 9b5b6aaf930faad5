from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.embeds.blocks import EmbedBlock as EmbedURLBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Image"))
    alt_text = blocks.CharBlock(
        label=_("Alternative text"),
        required=False,
        help_text=_(
            "Describe the image for people who cannot see it. If left empty, the description of the image itself is used."
        ),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        label = _("Image")
        icon = "image"
        group = _("Media")
        template = "verkosto_core/blocks/image.html"
        description = _("A large picture with its caption.")
        preview_value = {"image": None, "alt_text": "", "caption": "The forum's theme day in February"}

    def get_preview_value(self) -> blocks.StructValue:
        """Return the preview with the newest image of the library: without an image the block is empty."""
        value = super().get_preview_value()
        value["image"] = get_image_model().objects.order_by("-pk").first()
        return value


class DocumentsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False)
    documents = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("document", DocumentChooserBlock(label=_("Document"))),
                (
                    "title",
                    blocks.CharBlock(
                        label=_("Link text"),
                        required=False,
                        help_text=_("If left empty, visitors see the document’s own title."),
                    ),
                ),
            ],
            label=_("Document"),
        ),
        label=_("Documents"),
        min_num=1,
    )

    class Meta:
        label = _("Documents")
        icon = "doc-full"
        group = _("Lists")
        template = "verkosto_core/blocks/documents.html"
        description = _("Files to download, with their type and size.")
        preview_value = {"title": "Materials", "documents": []}


class EmbedBlock(blocks.StructBlock):
    title = blocks.CharBlock(
        label=_("Title"),
        help_text=_("Screen readers announce the frame by this name; visitors without the player see it as a link."),
    )
    url = EmbedURLBlock(label=_("Address"), max_width=960)
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        label = _("Embedded media")
        icon = "media"
        group = _("Media")
        template = "verkosto_core/blocks/embed.html"
        description = _("A video or other content from another service.")
        preview_value = {"title": "Recording of the webinar", "url": None, "caption": ""}
