from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LocalisationConfig(AppConfig):
    name = "localisation"
    verbose_name = _("Localisation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import (
            receivers,  # noqa: F401  (connects the signals)
            redirects,
        )

        redirects.replace_wagtails()
