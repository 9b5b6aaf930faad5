"""The buttons in the admin that lead to the import of events."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from event_pages.models import EventIndexPage, EventSeriesPage
from verkosto.core.users import AnyUser


def import_buttons(
    page: Page, user: AnyUser, view_name: str | None = None, next_url: str | None = None
) -> Iterator[Button]:
    """Yield the button for a calendar or a series, in the header of its editor and of its list."""
    is_parent = issubclass(page.specific_class or Page, EventIndexPage | EventSeriesPage)
    if is_parent and page.permissions_for_user(user).can_add_subpage():
        yield import_button(page)


def import_button(page: Page | None = None) -> Button:
    """Return the button that leads to the import, below a page if one is given."""
    query = f"?parent={page.pk}" if page else ""
    return Button(
        _("Import events"), f"{reverse('verkosto_events_import:import')}{query}", icon_name="upload", priority=17
    )
