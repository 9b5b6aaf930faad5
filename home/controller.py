"""The controller of personal data (GDPR, article 4(7)), from the settings of the site."""

from wagtail.models import Locale

from home.models import SiteSettings
from verkosto.registrations.privacy.processing import Controller


def controller_of(language_code: str) -> Controller | None:
    """Return the controller in a language, or in the default one; None for a site without settings."""
    by_code = {each.locale.language_code: each for each in SiteSettings.objects.select_related("locale")}
    settings = by_code.get(language_code) or by_code.get(Locale.get_default().language_code)
    if settings is None:
        return None
    return Controller(name=settings.name, email=settings.contact_email, phone=settings.contact_phone)
