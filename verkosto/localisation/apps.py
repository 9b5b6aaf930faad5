from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LocalisationConfig(AppConfig):
    name = "verkosto.localisation"
    label = "verkosto_localisation"
    verbose_name = _("Localisation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from verkosto.localisation.sync import redirects

        redirects.replace_wagtails()
