from django.utils.translation import gettext_lazy as _

from verkosto.core import app_config


class OperationsConfig(app_config.VerkostoAppConfig):
    name = "verkosto.operations"
    label = "verkosto_operations"
    verbose_name = _("Operations")
    needs = ("verkosto.core",)

    def ready(self) -> None:
        from verkosto.operations import metrics, sentry, signal_handlers, tracing  # app registry

        signal_handlers.connect()
        metrics.start()
        sentry.start()
        tracing.start()
