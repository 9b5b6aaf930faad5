from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "verkosto.core"
    label = "verkosto_core"
    verbose_name = _("Base pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save
        from wagtail.models import Locale

        from verkosto.core import content_cache, copying, images, locales  # models are loaded only now

        content_cache.connect()
        for signal in (post_save, post_delete):
            signal.connect(locales.forget_languages, sender=Locale, dispatch_uid="base_pages_languages")
        images.drop_metadata_from_renditions()
        copying.name_keys_alike()
