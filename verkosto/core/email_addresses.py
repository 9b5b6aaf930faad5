"""The normalisation of email addresses: each has one stored form, whichever way it is typed."""

import unicodedata

import idna
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from verkosto.core.text import INVISIBLE, JOINERS, normalise

MAX_INPUT_LENGTH = 1000  # characters; a longer text is no address and is not normalised
DROPPED_CATEGORIES = ("Cc", "Cf", "Cs")


def normalise_email(text: str) -> str:
    """Return an email address in the form in which it is stored and looked up.

    Invisible characters are dropped, the rest is in NFC and lower case, and the domain is written with A-labels (RFC
    5890 §2.3.2.1), as mail servers take it. Domains follow IDNA 2008, in which straße.de is not strasse.de. Text that
    is no address is returned in the same way, for ``validate_email_address`` to refuse.
    """
    if len(text) > MAX_INPUT_LENGTH:
        return text
    if text.isascii() and text.isprintable():  # nearly every address, and nothing else is to be done
        local, at, domain = text.lower().rpartition("@")
        return f"{local.strip()}{at}{domain.strip()}"
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
    """Return an address without its tag ("name+tag@…"): the same for all addresses of one mailbox."""
    local, _at, domain = normalise_email(address).rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"


def email_matches(rows: QuerySet[Model], field: str, text: str) -> Q:
    """Return the condition that a search text occurs in a field with stored addresses.

    An internationalised domain is stored with A-labels, in which its parts cannot be found: "käs" does not occur in
    xn--kse-qla.fi. These few addresses are read and compared as people write them, which takes one query more.
    """
    found = Q(**{f"{field}__icontains": email_fragment(text)})
    part = normalise(text[:MAX_INPUT_LENGTH]).casefold()
    # "icontains" although all are stored in lower case: the trigram index does not work for "contains".
    encoded = rows.filter(**{f"{field}__icontains": "xn--"}).order_by().values_list(field, flat=True).distinct()
    readable = [address for address in encoded if part in readable_email(address).casefold()]
    return found | Q(**{f"{field}__in": readable}) if readable else found


def email_fragment(text: str) -> str:
    """Return a search text for a part of an address in the form in which addresses are stored."""
    return normalise_email(text) if "@" in text else _ascii_domain(normalise(text[:MAX_INPUT_LENGTH]))


def validate_email_address(address: str) -> None:
    """Raise ValidationError for a text that is no address, or an address with letters that mail servers do not accept."""
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValidationError(_("Enter an email address, such as name@example.fi."), code=error.code) from error
    if not address.isascii():
        raise ValidationError(_("Mail cannot be sent to this address. Check the spelling."), code="invalid")


def _ascii_domain(domain: str) -> str:
    """Return a domain with A-labels (RFC 5890). One that cannot be encoded is returned in lower case."""
    plain = _lower(_without_invisible(domain)).strip()
    if plain.isascii() and not any(joiner in domain for joiner in JOINERS):
        return plain
    # IDNA allows joiners in some scripts (RFC 5892, appendix A): first try with them, then without.
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
