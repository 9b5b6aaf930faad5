"""The blocks that every page's body may hold."""

from .body import BodyBlock
from .media import DocumentsBlock, EmbedBlock, ImageBlock
from .neutral import NeutralCharBlock
from .table import TranslatableTableBlock
from .text import (
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
