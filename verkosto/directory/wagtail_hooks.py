from wagtail import hooks
from wagtail.blocks import Block
from wagtail.snippets.models import register_snippet

from verkosto.directory.blocks import ContactsBlock
from verkosto.directory.viewsets import DirectoryGroup

register_snippet(DirectoryGroup)


@hooks.register("register_body_blocks")
def contacts_block() -> list[tuple[str, Block]]:
    return [("contacts", ContactsBlock())]
