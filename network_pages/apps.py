from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkPagesConfig(AppConfig):
    name = "network_pages"
    verbose_name = _("Network pages")
    default_auto_field = "django.db.models.BigAutoField"
