from django.utils.translation import gettext_lazy as _

from verkosto.core import app_config


class WebhooksConfig(app_config.VerkostoAppConfig):
    name = "verkosto.webhooks"
    label = "verkosto_webhooks"
    verbose_name = _("Webhooks")
    needs = ("verkosto.registrations", "verkosto.core")

    def ready(self) -> None:
        from verkosto.webhooks import signal_handlers  # app registry

        signal_handlers.connect()
