from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BasePagesConfig(AppConfig):
    name = "base_pages"
    verbose_name = _("Base pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save
        from wagtail.models import Locale

        from base_pages import generation, locales, pictures  # models are loaded only now

        generation.connect()
        for signal in (post_save, post_delete):
            signal.connect(locales.forget_languages, sender=Locale, dispatch_uid="base_pages_languages")
        pictures.drop_notes_from_renditions()
