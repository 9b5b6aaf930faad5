from django.utils.translation import gettext_lazy as _

from verkosto.core import app_config


class CoreConfig(app_config.VerkostoAppConfig):
    name = "verkosto.core"
    label = "verkosto_core"
    verbose_name = _("Base pages")
    needs = ("wagtail.contrib.table_block",)

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save
        from wagtail.models import Locale

        from verkosto.core import (  # models are loaded only now
            checks,  # noqa: F401  # app registry
            content_cache,
            copying,
            images,
            locales,
        )

        content_cache.connect()
        for signal in (post_save, post_delete):
            signal.connect(locales.forget_languages, sender=Locale, dispatch_uid="base_pages_languages")
        images.drop_metadata_from_renditions()
        copying.name_keys_alike()
