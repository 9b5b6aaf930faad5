from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistrationsConfig(AppConfig):
    name = "verkosto.registrations"
    label = "verkosto_registrations"
    verbose_name = _("Registrations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from verkosto.registrations import signal_handlers  # app registry

        signal_handlers.connect()
