from django.utils.translation import gettext_lazy as _

from verkosto.core import app_config


class OperationsConfig(app_config.VerkostoAppConfig):
    name = "verkosto.operations"
    label = "verkosto_operations"
    verbose_name = _("Operations")
    needs = ("verkosto.core",)
