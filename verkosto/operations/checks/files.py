"""The files that each release has to build: translations and static files."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verkosto.core.app_config import VerkostoAppConfig
from verkosto.core.health import Finding, Status, healthy

# Seconds between the files that one installation of a package writes, in any order.
SAME_INSTALLATION = 120


def find_catalogues() -> Finding:
    """Find the translations that have not been compiled since they changed."""
    folders = [Path(folder) for folder in settings.LOCALE_PATHS]
    folders += [
        Path(config.path, "locale") for config in apps.get_app_configs() if isinstance(config, VerkostoAppConfig)
    ]
    sources = [path for folder in folders for path in folder.glob("*/LC_MESSAGES/*.po")]
    number = sum(_is_outdated(path) for path in sources)
    if not number:
        return healthy(_("The translations are compiled."))
    text = ngettext(
        "%(count)s catalogue of translations has not been compiled since it changed: some texts are in English.",
        "%(count)s catalogues of translations have not been compiled since they changed: some texts are in English.",
        number,
    )
    return Finding(
        Status.FAILED,
        text % {"count": number},
        _("Run manage.py compile_po (deploy/run build), and restart web servers and workers."),
    )


def _is_outdated(catalogue: Path) -> bool:
    compiled = catalogue.with_suffix(".mo")
    return not compiled.exists() or catalogue.stat().st_mtime - compiled.stat().st_mtime > SAME_INSTALLATION


def find_static_files() -> Finding:
    """Find out whether the style sheets and scripts of this release have been collected."""
    names = getattr(staticfiles_storage, "hashed_files", None)
    if names is None:
        return healthy(_("Static files are served from their folders."))
    missing = not names or not any(staticfiles_storage.exists(name) for name in list(names.values())[:1])
    if not missing:
        return healthy(_("The static files are collected."), static_files=len(names))
    return Finding(
        Status.FAILED,
        _("The static files have not been collected: pages have no style sheets."),
        _("Run manage.py collectstatic --no-input (deploy/run build), and restart the web servers."),
    )
