from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BasePagesConfig(AppConfig):
    name = "base_pages"
    verbose_name = _("Base pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from base_pages import generation, pictures  # models are loaded only now

        generation.connect()
        pictures.drop_notes_from_renditions()
