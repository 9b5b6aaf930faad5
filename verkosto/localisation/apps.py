from django.utils.translation import gettext_lazy as _

from verkosto.core import app_config


class LocalisationConfig(app_config.VerkostoAppConfig):
    name = "verkosto.localisation"
    label = "verkosto_localisation"
    verbose_name = _("Localisation")
    needs = ("verkosto.core", "wagtail_localize", "wagtail_localize.locales", "wagtail.contrib.redirects")

    def ready(self) -> None:
        from verkosto.localisation import checks, signal_handlers  # noqa: F401  # app registry

        signal_handlers.connect()
        signal_handlers.replace_upstream()
