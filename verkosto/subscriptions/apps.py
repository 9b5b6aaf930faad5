from django.utils.translation import gettext_lazy as _

from verkosto.core import app_config


class SubscriptionsConfig(app_config.VerkostoAppConfig):
    name = "verkosto.subscriptions"
    label = "verkosto_subscriptions"
    verbose_name = _("Email subscriptions")
    needs = ("verkosto.registrations", "verkosto.core")

    def ready(self) -> None:
        from verkosto.subscriptions import signal_handlers  # app registry

        signal_handlers.connect()
