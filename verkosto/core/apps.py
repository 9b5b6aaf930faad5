from django.utils.translation import gettext_lazy as _

from verkosto.core import app_config


class CoreConfig(app_config.VerkostoAppConfig):
    name = "verkosto.core"
    label = "verkosto_core"
    verbose_name = _("Base pages")
    needs = ("wagtail.contrib.table_block",)

    def ready(self) -> None:
        from verkosto.core import aliases, checks, comparison, date_fields, images, signal_handlers, upstream  # noqa: F401  # app registry

        signal_handlers.connect()
        images.drop_metadata_from_renditions()
        aliases.refuse_aliases()
        comparison.register_comparisons()
        upstream.copy_keys_once()
        upstream.name_authors_of_revisions()
        upstream.show_every_field_of_copy_forms()
        date_fields.use_formats_of_the_language()
        upstream.skip_deleted_rows()
