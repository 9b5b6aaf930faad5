from django.utils.translation import gettext_lazy as _

from verkosto.core import app_config


class LocalisationConfig(app_config.VerkostoAppConfig):
    name = "verkosto.localisation"
    label = "verkosto_localisation"
    verbose_name = _("Localisation")
    needs = ("verkosto.core", "wagtail_localize", "wagtail_localize.locales", "wagtail.contrib.redirects")

    def ready(self) -> None:
        from verkosto.localisation import checks, paragraphs, signal_handlers, upstream  # noqa: F401  # app registry
        from verkosto.localisation.sync import drafts, joined_texts, redirects  # app registry

        signal_handlers.connect()
        upstream.replace_redirect_receiver(redirects.create_redirects_of_public_pages)
        upstream.keep_live_rows_from_drafts(drafts.save_draft)
        upstream.restore_rich_text_with(paragraphs.restore)
        upstream.surround_refresh(joined_texts.separate_moved_texts)
