"""Directory entries with the same name in one language, and the warning about them."""

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from verkosto.directory.models import Organisation, Person, Venue

Entry = Organisation | Person | Venue

#: The fields by which entries of the same name can be told apart.
DISTINGUISHING_FIELDS: dict[type[Entry], tuple[str, ...]] = {
    Person: ("title", "organisation"),
    Organisation: ("abbreviation", "website"),
    Venue: ("street_address", "city"),
}


def namesakes_of(model: type[Entry], name: str, locale_id: int) -> QuerySet:
    """Return the entries of a type and language with a name (ignoring case), the oldest first."""
    return model._default_manager.filter(locale=locale_id, name__iexact=name.strip()).order_by("pk")


def namesake_of(entry: Entry) -> Entry | None:
    """Return another entry of the same type, language and name (ignoring case), or None. One query."""
    return namesakes_of(type(entry), entry.name, entry.locale_id).exclude(pk=entry.pk).first()


def describe(entry: Entry) -> str:
    """Return an entry's name with the fields that distinguish it: "Aino Esimerkki, johtaja, Ruokavirasto"."""
    parts = [entry.name, *(str(getattr(entry, name) or "") for name in DISTINGUISHING_FIELDS[type(entry)])]
    return ", ".join(part for part in parts if part)


def warn_of_namesake(request: HttpRequest, entry: models.Model) -> None:
    """Warn the editor who has saved an entry that another has the same name. It is allowed: people may share a name."""
    if not isinstance(entry, Entry) or not (namesake := namesake_of(entry)):
        return
    text = _("There is already an entry with the name %(name)s. Check that it is not the same, and use one of them.")
    url = reverse(type(entry).snippet_viewset.get_url_name("edit"), args=[namesake.pk])
    messages.warning(request, text % {"name": namesake.name}, buttons=[messages.button(url, namesake.name)])
