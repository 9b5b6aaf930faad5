from django.utils.translation import gettext_lazy as _

from verkosto.core import app_config


class EventPagesConfig(app_config.VerkostoAppConfig):
    name = "event_pages"
    label = "verkosto_events"
    verbose_name = _("Event pages")
    needs = ("verkosto.registrations", "verkosto.directory", "verkosto.core")

    def ready(self) -> None:
        from event_pages import checks, signal_handlers  # noqa: F401  # app registry

        signal_handlers.connect()
