"""Editors' texts for mails: data with named placeholders, filled in by replacement and never run as a template."""

import re
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.utils.html import conditional_escape, format_html_join, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from verkosto.registrations.mail.kinds import PLACEHOLDERS, MailKind

PLACEHOLDER = re.compile(r"\{([^{}\s]*)\}")


def placeholders_of(kind: MailKind) -> list[str]:
    """Return the placeholders an editor may use in a kind of mail: the general ones and the kind's own."""
    own = PLACEHOLDER.findall(f"{kind.subject} {kind.body}")
    return sorted({*PLACEHOLDERS, *own})


def check_placeholders(text: str, kind: MailKind) -> None:
    """Raise ValidationError for a placeholder that would not be filled in."""
    allowed = placeholders_of(kind)
    unknown = sorted(set(PLACEHOLDER.findall(text)) - set(allowed))
    if unknown:
        raise ValidationError(
            _("The placeholder %(unknown)s cannot be used here. You can use %(allowed)s."),
            params={
                "unknown": ", ".join(f"{{{name}}}" for name in unknown),
                "allowed": ", ".join(f"{{{name}}}" for name in allowed),
            },
        )


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return the text with its placeholders filled in, in one pass: placeholders in a value are left alone."""
    return PLACEHOLDER.sub(lambda match: str(values.get(match[1], match[0])), text)


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, without empty ones."""
    return [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]


def as_html(parts: Iterable[str], *, unlinked: Iterable[str] = ()) -> SafeString:
    """Return paragraphs as HTML: everything escaped, addresses made links except inside the ``unlinked`` texts.

    What a stranger wrote, such as a name, is passed in ``unlinked``: it must not become a link in a mail of ours.
    """
    addresses = [text for text in unlinked if _linked(text) != conditional_escape(text)]
    pattern = re.compile("|".join(f"({re.escape(text)})" for text in sorted(addresses, key=len, reverse=True)))
    rendered = (_paragraph(part, pattern) if addresses else _linked(part) for part in parts)
    lines = ((mark_safe(part.replace("\n", "<br>")),) for part in rendered)  # noqa: S308 escaped just before
    return format_html_join("\n", "<p>{}</p>", lines)


def _paragraph(part: str, unlinked: re.Pattern[str]) -> str:
    pieces, position = [], 0
    for match in unlinked.finditer(part):
        pieces += [_linked(part[position : match.start()]), conditional_escape(match[0])]
        position = match.end()
    return "".join([*pieces, _linked(part[position:])])


def _linked(text: str) -> str:
    return urlize(conditional_escape(text), nofollow=True)
