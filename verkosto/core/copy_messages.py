"""The message after a page was copied."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import Page

from verkosto.core import upstream


def name_copy(request: HttpRequest, page: Page, copy: Page) -> None:
    """Replace Wagtail's message, which names only the original, by one that names the copy. For ``after_copy_page``."""
    names = {"copy": copy.get_admin_display_title(), "original": page.get_admin_display_title()}
    below = copy.get_descendants().count()
    text = ngettext(
        "“%(copy)s” and %(n)s page below it were made as copies of “%(original)s”.",
        "“%(copy)s” and %(n)s pages below it were made as copies of “%(original)s”.",
        below,
    )
    text = text if below else _("“%(copy)s” was made as a copy of “%(original)s”.")
    edit = messages.button(reverse("wagtailadmin_pages:edit", args=[copy.pk]), _("Edit"))
    upstream.replace_last_message(request, text % {**names, "n": below}, edit)
