from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventPagesConfig(AppConfig):
    name = "event_pages"
    label = "verkosto_events"
    verbose_name = _("Event pages")
    default_auto_field = "django.db.models.BigAutoField"
