from django.utils.translation import gettext_lazy as _

from verkosto.core import app_config


class DirectoryConfig(app_config.VerkostoAppConfig):
    name = "verkosto.directory"
    label = "verkosto_directory"
    verbose_name = _("Directory")
    needs = ("verkosto.core",)
