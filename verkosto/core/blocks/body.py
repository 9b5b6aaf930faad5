from collections.abc import Sequence
from typing import Any

from wagtail import blocks, hooks
from wagtail.blocks import Block

from verkosto.core.blocks.media import DocumentsBlock, EmbedBlock, ImageBlock
from verkosto.core.blocks.table import TranslatableTableBlock
from verkosto.core.blocks.text import (
    FactBoxBlock,
    HeadingBlock,
    LinksBlock,
    NoticeBlock,
    PrinciplesBlock,
    QuotationBlock,
    RichTextBlock,
)


class BodyBlock(blocks.StreamBlock):
    """The body of a page: the blocks below, and those that installed apps add.

    An app adds blocks with the hook ``register_verkosto_body_blocks``. It returns a list of ``(name, block)`` and needs no
    migration.
    """

    heading = HeadingBlock()
    rich_text = RichTextBlock()
    quotation = QuotationBlock()
    principles = PrinciplesBlock()
    fact_box = FactBoxBlock()
    notice = NoticeBlock()
    image = ImageBlock()
    embed = EmbedBlock()
    links = LinksBlock()
    documents = DocumentsBlock()
    table = TranslatableTableBlock()

    def __init__(self, local_blocks: Sequence[tuple[str, Block]] | None = None, **kwargs: Any) -> None:
        registered = [pair for hook in hooks.get_hooks("register_verkosto_body_blocks") for pair in hook()]
        super().__init__([*registered, *(local_blocks or [])], **kwargs)
