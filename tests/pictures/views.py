"""The views of the admin that have to have a picture, by the table of the access matrix."""

import re
from collections.abc import Collection, Iterator

from tests.access.addresses import addresses
from tests.access.roles import ROLES
from tests.access.test_matrix import WIDTH, written_table

#: What is no page of its own, or looks like another: patterns of names, each with the reason.
WITHOUT_PICTURE = {
    r".*_results$|.*chooser.*|.*:choose.*|.*choose_page.*|.*task_chosen|.*:chosen.*": "a part of a page, or a dialog on it",
    r".*_api.*|.*snippets_api.*|.*autocomplete|.*sprite|.*catalog.*|.*job_status|.*:status|.*dismissibles": "for scripts",
    r".*(download|upload)_pofile|.*:document_file|.*:file|.*:template|.*export|.*:save": "sends or takes a file, or data",
    r".*:set_privacy|.*workflow_action.*|.*confirm_workflow.*|.*_block_preview": "Wagtail's own dialog",
    r".*preview.*|.*revisions_(view|revert|unschedule|compare)": "the page, or its editor, as it was before",
    r".*(edit|delete|create)_.*multiple.*|.*:add(_multiple)?$|.*url_generator.*": "a form like that of changing one",
    r".*:(delete|usage|copy|history|inspect)$|.*workflow_history.*|.*revisions_index": "Wagtail's own view of all models",
    r"wagtail(admin_)?(workflows|collections|redirects|embeds|locales|sites|users|searchpromotions|docs|images)\w*:.*": (
        "Wagtail's own views: those that the menu leads to are taken"
    ),
    r"wagtailadmin_pages:(move_confirm|convert_alias|lock|unlock|choose_parent)|wagtailadmin_choose.*": "Wagtail's own",
    r"wagtailsnippets_.*": "directory and settings have one view set: those that links lead to are taken",
    r"wagtail_localize:.*|wagtailsettings:.*|wagtailsnippets:index": "replaced, or redirects to a view of ours",
    r"wagtailadmin_(login|password_reset.*|javascript.*)": "among the pages of accounts",
    r"bulk (auth|wagtail\w+|home|verkosto_directory)\..*|bulk verkosto_registrations.formtemplate.*": "Wagtail's template",
    r".*:colleague_invite": "the form stands on the page of colleagues",
    r"bulk verkosto_registrations.registration.mail": "leads to the form of a new email",
    r"None .*": "answers to unknown addresses",
}


def views_without_picture(taken: Collection[str]) -> Iterator[str]:
    """Yield the views that an administrator opens and that are neither taken nor ``WITHOUT_PICTURE``."""
    names = [role.name for role in ROLES]
    start = names.index("super") * (WIDTH + 1)
    opened = {key for key, cells in written_table().items() if cells[start : start + 1] in ("+", "c")}
    reasons = re.compile("|".join(f"(?:{pattern})$" for pattern in WITHOUT_PICTURE))
    for address in addresses():
        name = address.key.partition("(")[0]
        if address.is_admin and address.key in opened and name not in taken and not reasons.match(name):
            yield name
