from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "Verkosto"

    def ready(self) -> None:
        from . import translations  # noqa: F401  (connects the rooms with the translators' desk)
