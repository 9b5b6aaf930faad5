from django.apps import AppConfig
from django.db.models import CharField
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class RegistrationsConfig(AppConfig):
    name = "verkosto.registrations"
    label = "verkosto_registrations"
    verbose_name = _("Registrations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # email__lower=…: the lookup that the indexes on LOWER(email) serve.
        CharField.register_lookup(Lower)
        from verkosto.registrations import signal_handlers

        signal_handlers.connect()
