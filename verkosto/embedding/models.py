import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site

#: A host as a content security policy names it: no wildcard, because that would allow whoever gets a subdomain.
HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?", re.IGNORECASE)


def validate_origins(text: str) -> None:
    """Raise ValidationError for a line that is no origin, such as "https://www.example.fi"."""
    for line in text.split():
        parts = urlsplit(line)
        if parts.scheme not in ("https", "http") or not HOST.fullmatch(parts.netloc) or line.count("/") > 2:
            raise ValidationError(
                _("“%(line)s” is no address of a site. Write it like https://www.example.fi, without a path."),
                params={"line": line},
            )


@register_setting(icon="code")
class EmbeddingSettings(BaseSiteSetting):
    """The other sites that may show lists, events and forms of a site in a frame."""

    origins = models.TextField(
        _("sites that may embed pages"),
        blank=True,
        validators=[validate_origins],
        help_text=_("One address a line, such as https://www.example.fi. On all other sites the frame stays empty."),
    )

    class Meta:
        verbose_name = _("embedding on other sites")
        verbose_name_plural = _("embedding on other sites")

    @classmethod
    def origins_of(cls, site: Site | None) -> list[str]:
        """Return the origins that may embed pages of a site. One query, which writes nothing where none are set."""
        row = cls.objects.filter(site=site).first() if site else None
        return row.origins.split() if row else []
