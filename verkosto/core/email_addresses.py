"""Email addresses: one stored form for each, whichever way it is typed."""

import unicodedata

import idna
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from verkosto.core.text import INVISIBLE, JOINERS, normalise

# Longer text is no address and is not worth the work.
MAX_INPUT_LENGTH = 1000
DROPPED_CATEGORIES = ("Cc", "Cf", "Cs")


def normalise_email(text: str) -> str:
    """Return an email address in the form in which it is stored and looked up.

    Invisible characters are dropped, the rest is in NFC and lower case, and the domain is written with A-labels (RFC
    5890 §2.3.2.1), as mail servers take it. Domains follow IDNA 2008, in which straße.de is not strasse.de. Text that
    is no address is returned in the same way, for ``validate_email_address`` to refuse.
    """
    if len(text) > MAX_INPUT_LENGTH:
        return text
    local, at, domain = normalise(text).rpartition("@")
    local = _without_invisible(local)
    if not at:
        return _lower(_without_invisible(domain)).strip()
    return f"{_lower(local).strip()}@{_ascii_domain(domain.strip())}"


def readable_email(address: str) -> str:
    """Return a stored address as people write it: with U-labels (RFC 5890 §2.3.2.1)."""
    local, at, domain = address.rpartition("@")
    return f"{local}{at}{_unicode_domain(domain)}" if "xn--" in domain else address


def fold_email(address: str) -> str:
    """Return what several addresses of one mailbox have in common: the address without its tag (``name+tag@…``)."""
    local, _at, domain = normalise_email(address).rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"


def email_matches(rows: QuerySet[Model], field: str, text: str) -> Q:
    """Return the condition that a part of an address, as somebody searches for it, occurs in a field of stored addresses.

    An internationalised domain is stored with A-labels, in which no part of it can be seen: "käs" is nowhere in
    xn--kse-qla.fi. Those addresses, of which there are few, are compared as people write them. One query more.
    """
    found = Q(**{f"{field}__icontains": email_fragment(text)})
    part = normalise(text[:MAX_INPUT_LENGTH]).casefold()
    # In lower case, as all are stored; not "contains", which the index for searching does not answer.
    encoded = rows.filter(**{f"{field}__icontains": "xn--"}).order_by().values_list(field, flat=True).distinct()
    readable = [address for address in encoded if part in readable_email(address).casefold()]
    return found | Q(**{f"{field}__in": readable}) if readable else found


def email_fragment(text: str) -> str:
    """Return a part of an address, as somebody searches for it, in the form in which addresses are stored."""
    return normalise_email(text) if "@" in text else _ascii_domain(normalise(text[:MAX_INPUT_LENGTH]))


def validate_email_address(address: str) -> None:
    """Raise ValidationError for a normalised address that is none, or that no mail server can be told."""
    validate_email(address)
    if not address.isascii():
        raise ValidationError(_("Mail cannot be sent to this address. Check the spelling."), code="invalid")


def _ascii_domain(domain: str) -> str:
    """Return a domain with A-labels; lower case alone for one that has none."""
    plain = _lower(_without_invisible(domain)).strip()
    if plain.isascii() and not any(joiner in domain for joiner in JOINERS):
        return plain
    # A joiner is a letter of the name where IDNA takes it (RFC 5892, appendix A), and noise elsewhere.
    for candidate in (_lower(_without_invisible(domain, keep=JOINERS)), plain):
        try:
            encoded = idna.encode(candidate, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            continue
        return encoded.lower()
    return plain


def _unicode_domain(domain: str) -> str:
    try:
        return idna.decode(domain)
    except (idna.IDNAError, UnicodeError):
        return domain


def _without_invisible(text: str, *, keep: frozenset[str] = frozenset()) -> str:
    return "".join(
        character
        for character in text
        if character in keep
        or (unicodedata.category(character) not in DROPPED_CATEGORIES and character not in INVISIBLE)
    )


def _lower(text: str) -> str:
    # By character, so that the final sigma does not depend on what follows; again in NFC, which this can undo.
    return normalise("".join(character.lower() for character in text))
