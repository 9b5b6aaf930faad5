"""The base class of the apps' configurations."""

from typing import ClassVar

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured


class VerkostoAppConfig(AppConfig):
    """The configuration of an app that lists the apps it needs.

    Import this module, not the class: Django regards every configuration class that it finds in an ``apps.py`` as the
    configuration of that app.
    """

    default_auto_field = "django.db.models.BigAutoField"

    #: Names of apps, as INSTALLED_APPS has them.
    needs: ClassVar[tuple[str, ...]] = ()

    def import_models(self) -> None:
        """Load the models. Raise ImproperlyConfigured first if apps are missing: loading would raise a vaguer error."""
        assert self.apps is not None  # noqa: S101 - set before the models are imported
        missing = [name for name in self.needs if not self.apps.is_installed(name)]
        if missing:
            lines = ", ".join(f'"{name}"' for name in missing)
            raise ImproperlyConfigured(f'"{self.name}" needs {lines} in INSTALLED_APPS.')
        super().import_models()
