"""The addresses of external links that differ in one language: the same page of another site in that language.

They are wagtail-localize's overrides of the links in rich texts, which the structure of a translation takes over.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import QueryDict
from django.utils.translation import gettext as _
from wagtail_localize.models import OverridableSegment, SegmentOverride, Translation

from verkosto.core.users import SignedInUser
from verkosto.localisation.workflow.typed_texts import fingerprint

FIELD = re.compile(r"link-(\d{1,18})-([0-9a-f]{0,12})")
#: What ends the content path of a rich text's link: its address in quotes.
LINK_PATH_END = "'"
MAX_LENGTH = 2000  # characters
is_web_address = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True)
class TypedLink:
    """An address for a link, or "" for the original's. `seen` is the fingerprint of what the form showed."""

    context_id: int
    seen: str
    address: str


@dataclass(frozen=True)
class RefusedLink:
    typed: TypedLink
    reason: str


def link_field_name(context_id: int, address: str) -> str:
    return f"link-{context_id}-{fingerprint(address)}"


def read_links(data: QueryDict) -> list[TypedLink]:
    """Return the addresses of a posted form. A proposal whose button was pressed is the address of its link."""
    chosen, _separator, proposal = data.get("link", "").partition(":")
    links = []
    for name in data:
        if match := FIELD.fullmatch(name):
            context, seen = match.groups()
            address = proposal if chosen == context else str(data[name])
            links.append(TypedLink(int(context), seen, address.strip()))
    return links


def external_links(translation: Translation) -> list[OverridableSegment]:
    """Return the links to web addresses in the rich texts of a translation's source. One query."""
    segments = OverridableSegment.objects.filter(
        source=translation.source_id, context__path__endswith=LINK_PATH_END
    ).select_related("context")
    return [segment for segment in segments if is_external(segment.data)]


def is_external(address: object) -> bool:
    return isinstance(address, str) and address.startswith(("https://", "http://"))


def save_links(*, translation: Translation, links: list[TypedLink], by: SignedInUser) -> tuple[int, list[RefusedLink]]:
    """Save the addresses that were changed. Return how many, and those that were refused."""
    changed = [link for link in links if fingerprint(link.address) != link.seen]
    if not changed:
        return 0, []
    originals = {segment.context_id: segment.data for segment in external_links(translation)}
    overrides = SegmentOverride.objects.filter(
        locale_id=translation.target_locale_id, context__in={link.context_id for link in changed}
    )
    stored = {override.context_id: override for override in overrides.order_by("pk")}
    saved, refused = 0, []
    for link in changed:
        override = stored.get(link.context_id)
        current = override.data if override else ""
        if current == link.address:
            continue
        if reason := _why_not_saved(link, originals, current):
            refused.append(RefusedLink(link, reason))
            continue
        saved += 1
        if link.address in ("", originals[link.context_id]):
            overrides.filter(context=link.context_id).delete()
        else:
            override = override or SegmentOverride(locale_id=translation.target_locale_id, context_id=link.context_id)
            override.data_json, override.last_translated_by = json.dumps(link.address), by
            override.has_error, override.field_error = False, ""
            override.save()
    return saved, refused


def _why_not_saved(link: TypedLink, originals: dict[int, str], current: str) -> str:
    """Return why an address cannot be saved; "" if it can."""
    if link.context_id not in originals:
        return _("The original no longer has this link.")
    if fingerprint(current) != link.seen:
        return _("Somebody else has changed this address meanwhile: “%(address)s”. Save yours to replace it.") % {
            "address": current or originals[link.context_id]
        }
    if not link.address:
        return ""
    try:
        is_web_address(link.address[: MAX_LENGTH + 1])
    except ValidationError:
        return _("Enter a web address that begins with https:// or http://.")
    return _("The address is too long.") if len(link.address) > MAX_LENGTH else ""
