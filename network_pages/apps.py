from django.utils.translation import gettext_lazy as _

from verkosto.core import app_config


class NetworkPagesConfig(app_config.VerkostoAppConfig):
    name = "network_pages"
    label = "verkosto_networks"
    verbose_name = _("Network pages")
    needs = ("event_pages", "verkosto.registrations", "verkosto.directory", "verkosto.core")

    def ready(self) -> None:
        from network_pages import signal_handlers  # app registry

        signal_handlers.connect()
