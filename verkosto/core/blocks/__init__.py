"""The blocks of the body of every page."""

from verkosto.core.blocks.body import BodyBlock
from verkosto.core.blocks.media import DocumentsBlock, EmbedBlock, ImageBlock
from verkosto.core.blocks.neutral import NeutralCharBlock
from verkosto.core.blocks.table import TranslatableTableBlock
from verkosto.core.blocks.text import (
    FactBoxBlock,
    HeadingBlock,
    LinkBlock,
    LinksBlock,
    NoticeBlock,
    PrinciplesBlock,
    QuotationBlock,
    RichTextBlock,
)

__all__ = [
    "BodyBlock",
    "DocumentsBlock",
    "EmbedBlock",
    "FactBoxBlock",
    "HeadingBlock",
    "ImageBlock",
    "LinkBlock",
    "LinksBlock",
    "NeutralCharBlock",
    "NoticeBlock",
    "PrinciplesBlock",
    "QuotationBlock",
    "RichTextBlock",
    "TranslatableTableBlock",
]
