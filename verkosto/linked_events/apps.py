from django.utils.translation import gettext_lazy as _

from verkosto.core import app_config


class LinkedEventsConfig(app_config.VerkostoAppConfig):
    name = "verkosto.linked_events"
    label = "verkosto_linked_events"
    verbose_name = _("LinkedEvents")
    needs = ("event_pages", "verkosto.api", "verkosto.registrations", "verkosto.directory", "verkosto.core")

    def ready(self) -> None:
        from verkosto.linked_events import signal_handlers  # app registry

        signal_handlers.connect()
