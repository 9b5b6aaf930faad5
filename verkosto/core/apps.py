from django.utils.translation import gettext_lazy as _

from verkosto.core import app_config


class CoreConfig(app_config.VerkostoAppConfig):
    name = "verkosto.core"
    label = "verkosto_core"
    verbose_name = _("Base pages")
    needs = ("wagtail.contrib.table_block",)

    def ready(self) -> None:
        from verkosto.core import (
            aliases,
            chosen_objects,
            date_fields,
            images,
            overwrite_warnings,
            publishing_rules,
            revision_comparison,
            signal_handlers,
            text_lookups,
            upstream,
        )  # app registry

        signal_handlers.connect()
        images.drop_metadata_from_renditions()
        aliases.refuse_aliases()
        revision_comparison.register_comparisons()
        upstream.copy_keys_once()
        upstream.ask_before_overwriting(overwrite_warnings.warn_of_newer_version)
        upstream.name_authors_of_revisions()
        upstream.show_every_field_of_copy_forms()
        upstream.ask_before_scheduled_publishing(publishing_rules.refuse_scheduled_publishing)
        text_lookups.use_unicode_on_sqlite()
        date_fields.use_formats_of_the_language()
        upstream.skip_deleted_rows()
        upstream.show_remembered_instances()
        upstream.refuse_damaged_images()
        upstream.quote_searches_on_sqlite()
        chosen_objects.connect()
