"""The message to an editor whose form is older than the page: somebody has saved a newer version since."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.models import Page, Revision

from verkosto.core.formats import format_date_time


def warn_of_newer_version(request: HttpRequest, page: Page, newest: Revision) -> None:
    """Say who saved the newer version, and that nothing is lost: the form keeps what was typed."""
    name = user_display_name(newest.user) if newest.user else _("Somebody")
    text = _(
        "%(name)s saved a newer version of this page on %(time)s. What you typed is still here, and not saved. Compare the "
        "versions; if you then save, yours replaces the newer one."
    )
    loaded = request.POST.get("overwrite_revision_id") or request.POST.get("loaded_revision_id", "")
    buttons = []
    if loaded.isdecimal() and page.revisions.filter(pk=loaded).exists() and int(loaded) != newest.pk:
        compare = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, loaded, newest.pk])
        buttons.append(messages.button(compare, _("See what changed"), new_window=True))
    messages.warning(request, text % {"name": name, "time": format_date_time(newest.created_at)}, buttons=buttons)
