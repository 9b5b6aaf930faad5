from wagtail import hooks
from wagtail.blocks import Block
from wagtail.snippets.models import register_snippet

from verkosto.core.stylesheets import HOOK as STYLESHEETS_HOOK
from verkosto.directory.blocks import ContactsBlock
from verkosto.directory.duplicates import warn_of_namesake
from verkosto.directory.viewsets import DirectoryGroup

register_snippet(DirectoryGroup)


@hooks.register("register_verkosto_body_blocks")
def register_contacts_block() -> list[tuple[str, Block]]:
    return [("contacts", ContactsBlock())]


hooks.register("after_create_snippet", warn_of_namesake)
hooks.register("after_edit_snippet", warn_of_namesake)


@hooks.register(STYLESHEETS_HOOK, order=-80)
def stylesheets() -> list[str]:
    return ["verkosto_directory/css/people.css"]
