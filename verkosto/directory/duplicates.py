"""The warning about directory entries with the same name in one language."""

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from verkosto.directory.models import Organisation, Person, Venue

Entry = Organisation | Person | Venue


def namesake_of(entry: Entry) -> Entry | None:
    """Return another entry of the same type, language and name (ignoring case), or None. One query."""
    others = type(entry).objects.filter(locale=entry.locale_id, name__iexact=entry.name.strip())
    return others.exclude(pk=entry.pk).order_by("pk").first()


def warn_of_namesake(request: HttpRequest, entry: models.Model) -> None:
    """Warn the editor who has saved an entry that another has the same name. It is allowed: people may share a name."""
    if not isinstance(entry, Entry) or not (namesake := namesake_of(entry)):
        return
    text = _("There is already an entry with the name %(name)s. Check that it is not the same, and use one of them.")
    url = reverse(type(entry).snippet_viewset.get_url_name("edit"), args=[namesake.pk])
    messages.warning(request, text % {"name": namesake.name}, buttons=[messages.button(url, namesake.name)])
