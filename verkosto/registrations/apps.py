from django.utils.translation import gettext_lazy as _

from verkosto.core import app_config


class RegistrationsConfig(app_config.VerkostoAppConfig):
    name = "verkosto.registrations"
    label = "verkosto_registrations"
    verbose_name = _("Registrations")
    needs = ("verkosto.directory", "verkosto.core", "wagtail_localize")

    def ready(self) -> None:
        from verkosto.registrations import (
            checks,  # noqa: F401  # app registry
            signal_handlers,  # app registry
        )

        signal_handlers.connect()
