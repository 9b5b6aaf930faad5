from django.apps import AppConfig

from cms.fallback import fall_back_to_english


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "Verkosto"

    def ready(self) -> None:
        fall_back_to_english()
        from cms import translations  # noqa: F401  (connects the rooms with the translators' desk)
