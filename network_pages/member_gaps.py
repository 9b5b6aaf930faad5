"""Which member organisations of a network have no member among its people."""

from uuid import UUID

from network_pages.models import Membership, NetworkMember
from verkosto.core.locales import active_language
from verkosto.directory.models import Organisation


def organisations_without_members(translation_key: UUID | str) -> list[str]:
    """Return the names of the member organisations from which there is no current member, by name. Three queries.

    A member's organisation is a text: the name or abbreviation in any language.
    """
    rows = NetworkMember.objects.filter(page__translation_key=translation_key)
    keys = set(rows.values_list("organisation__translation_key", flat=True))
    members = Membership.objects.filter(translation_key=translation_key).current()
    present = {name.casefold() for name in members.order_by().values_list("organisation", flat=True).distinct()}
    names: dict[UUID, str] = {}
    found = set()
    for entry in Organisation.objects.filter(translation_key__in=keys).select_related("locale").order_by("pk"):
        if entry.locale.language_code == active_language():
            names[entry.translation_key] = entry.name
        names.setdefault(entry.translation_key, entry.name)
        if {entry.name.casefold(), entry.abbreviation.casefold()} & (present - {""}):
            found.add(entry.translation_key)
    return sorted(name for key, name in names.items() if key not in found)
