from django.utils.translation import gettext_lazy as _

from verkosto.core import app_config


class EmbeddingConfig(app_config.VerkostoAppConfig):
    name = "verkosto.embedding"
    label = "verkosto_embedding"
    verbose_name = _("Embedding on other sites")
    needs = ("verkosto.registrations", "verkosto.core", "wagtail.contrib.settings")

    def ready(self) -> None:
        from verkosto.embedding import signal_handlers  # app registry

        signal_handlers.connect()
