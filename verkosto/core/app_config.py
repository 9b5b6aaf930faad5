"""What the apps' configurations have in common."""

from typing import ClassVar

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured


class VerkostoAppConfig(AppConfig):
    """An app that names the others without which its models cannot be loaded.

    Import the module, not the class: Django takes every configuration that it finds in an ``apps.py`` for the app's own.
    """

    default_auto_field = "django.db.models.BigAutoField"

    #: Names of apps, as INSTALLED_APPS has them.
    needs: ClassVar[tuple[str, ...]] = ()

    def import_models(self) -> None:
        """Load the models. Raise ImproperlyConfigured with the missing lines before they fail with less to say."""
        assert self.apps is not None  # noqa: S101 - set before the models are imported
        missing = [name for name in self.needs if not self.apps.is_installed(name)]
        if missing:
            lines = ", ".join(f'"{name}"' for name in missing)
            raise ImproperlyConfigured(f'"{self.name}" needs {lines} in INSTALLED_APPS.')
        super().import_models()
