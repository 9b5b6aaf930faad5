"""The audit log of personal data: who saw, exported, changed or erased what. It names no person but the staff."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.log_actions import log as write
from wagtail.models import ModelLogEntry

from verkosto.core.users import AnyUser
from verkosto.registrations.models import Desk, Registration

ACTIONS = {
    "registrations.list": (_("View registrations"), _("Viewed the list of registrations")),
    "registrations.see": (_("View a registration"), _("Viewed a registration")),
    "registrations.see_sensitive": (_("Read sensitive answers"), _("Read sensitive answers")),
    "registrations.see_file": (_("Open a registrant’s file"), _("Opened a registrant’s file")),
    "registrations.see_messages": (_("View messages"), _("Viewed messages to registrants")),
    "registrations.export": (_("Export registrations"), _("Exported registrations")),
    "registrations.print": (_("Print registrations"), _("Opened a list or badges for printing")),
    "registrations.change": (_("Change a registration"), _("Changed a registration")),
    "registrations.check_in": (_("Check in"), _("Recorded attendance")),
    "registrations.make_check_in_link": (_("Make a check-in link"), _("Made a check-in link")),
    "registrations.withdraw_check_in_link": (_("Withdraw a check-in link"), _("Withdrew a check-in link")),
    "registrations.open_check_in": (_("Open the check-in by a link"), _("Opened the check-in by a link")),
    "registrations.mail": (_("Email registrants"), _("Emailed registrants")),
    "registrations.notify_no_one": (_("Publish without notifying"), _("Published without notifying registrants")),
    "registrations.invite": (_("Invite people"), _("Invited people")),
    "registrations.find_person": (_("Look up an address"), _("Looked up one address across all events")),
    "registrations.export_person": (_("Export a person’s data"), _("Exported the data for one address")),
    "registrations.invite_colleague": (_("Invite a colleague"), _("Invited a colleague")),
    "registrations.withdraw_colleague": (
        _("Withdraw the invitation of a colleague"),
        _("Withdrew the invitation of a colleague"),
    ),
    "registrations.make_account": (_("Make an account by an invitation"), _("Made an account by an invitation")),
    "registrations.give_role": (_("Give a role"), _("Gave a role to a person")),
    "registrations.take_role": (_("Take a role back"), _("Took a role back from a person")),
    "registrations.document": (_("Download a data protection document"), _("Downloaded a data protection document")),
    "registrations.download_archive": (_("Download an archive"), _("Downloaded an archive of registrations")),
    "registrations.delete_archive": (_("Delete an archive"), _("Deleted an archive of registrations")),
    "registrations.erase": (_("Erase personal data"), _("Erased personal data")),
}


class DataLogFormatter(LogFormatter):
    """Adds the entry's data to its message."""

    def format_comment(self, log_entry: ModelLogEntry) -> str:
        return ", ".join(
            f"{name}: {value}" for name, value in (log_entry.data or {}).items() if value not in ("", None)
        )


def register_actions(registry: LogActionRegistry) -> None:
    """Register the actions in Wagtail's log; for the hook ``register_log_actions``."""
    for action, (label, message) in ACTIONS.items():
        formatter = type("Formatter", (DataLogFormatter,), {"label": label, "message": message})
        registry.register_action(action)(formatter)


def log(action: str, subject: object, user: AnyUser | None, **data: Any) -> None:
    """Write an entry. A registration is named by its reference; ``data`` holds counts and codes, never a person."""
    title = str(subject)
    if isinstance(subject, Registration):
        title = subject.reference
    elif isinstance(subject, Desk):
        title = subject.title
    write(subject, action, user=user, title=title, data=data)
