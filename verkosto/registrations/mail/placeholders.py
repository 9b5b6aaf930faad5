"""The placeholders in editors' texts for mails. They are replaced; the texts are never run as templates."""

import re
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.utils.html import conditional_escape, format_html_join, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from verkosto.registrations.mail.kinds import PLACEHOLDERS, MailKind

PLACEHOLDER = re.compile(r"\{([^{}\s]*)\}")
PLACEHOLDER_AND_STOP = re.compile(PLACEHOLDER.pattern + r"(\.?)")


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
    """Return the text with its placeholders filled in. Placeholders inside a value are not filled in.

    A full stop after a value that ends a sentence itself, such as a title with a question mark, is left out.
    """

    def value(match: re.Match[str]) -> str:
        filled_in = str(values.get(match[1], f"{{{match[1]}}}"))
        return filled_in if filled_in.endswith((".", "?", "!", "…")) else filled_in + match[2]

    return PLACEHOLDER_AND_STOP.sub(value, text)


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, without empty ones."""
    return [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]


def as_html(parts: Iterable[str], *, unlinked: Iterable[str] = ()) -> SafeString:
    """Return paragraphs as HTML: everything escaped, addresses made links except inside the ``unlinked`` texts.

    What a stranger wrote, such as a name, is passed in ``unlinked``: it must not become a link in a mail of ours.
    """
    # Only the texts in which something would become a link need care; the longest are matched first.
    linkable = sorted((text for text in unlinked if _linked(text) != conditional_escape(text)), key=len, reverse=True)
    pattern = re.compile("|".join(re.escape(text) for text in linkable))
    rendered = (_paragraph(part, pattern) if linkable else _linked(part) for part in parts)
    lines = ((mark_safe(part.replace("\n", "<br>")),) for part in rendered)  # noqa: S308 escaped just before
    return format_html_join("\n", "<p>{}</p>", lines)


def _paragraph(part: str, unlinked: re.Pattern[str]) -> str:
    """Return a paragraph as HTML, with links everywhere except where the pattern matches."""
    pieces, position = [], 0
    for match in unlinked.finditer(part):
        pieces += [_linked(part[position : match.start()]), conditional_escape(match[0])]
        position = match.end()
    return "".join([*pieces, _linked(part[position:])])


def _linked(text: str) -> str:
    return urlize(conditional_escape(text), nofollow=True)
