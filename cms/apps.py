from django.apps import AppConfig

from cms.upstream import use_english_fallback


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "Verkosto"

    def ready(self) -> None:
        from cms import checks, signal_handlers, translation_deadlines  # noqa: F401  # app registry

        use_english_fallback()
