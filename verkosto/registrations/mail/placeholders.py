"""Editors' own words for mails: data with named placeholders, put in by replacement and never run as a template."""

import re
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.html import conditional_escape, format_html_join, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from verkosto.registrations.mail.kinds import PLACEHOLDERS, MailKind

PLACEHOLDER = re.compile(r"\{([^{}\s]*)\}")


def placeholders_of(kind: MailKind) -> list[str]:
    """The placeholders an editor may use in a kind of mail: the general ones and the kind's own."""
    own = PLACEHOLDER.findall(f"{kind.subject} {kind.body}")
    return sorted({*PLACEHOLDERS, *own})


def check_wording(text: str, kind: MailKind) -> None:
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
    """The words with their placeholders filled in, in one pass: what a value holds is never looked at again."""
    return PLACEHOLDER.sub(lambda match: str(values.get(match[1], match[0])), text)


def paragraphs(text: str) -> list[str]:
    """The words' paragraphs, without empty ones."""
    return [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]


def as_html(parts: list[str]) -> SafeString:
    """Paragraphs as HTML: everything escaped, addresses made links."""
    return format_html_join(
        "\n",
        "<p>{}</p>",
        ((mark_safe(_with_links(part)),) for part in parts),  # noqa: S308 escaped just before
    )


def _with_links(part: str) -> str:
    return urlize(conditional_escape(part), nofollow=True).replace("\n", "<br>")
