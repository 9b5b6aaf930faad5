"""What the site runs on."""

import platform
from importlib.metadata import PackageNotFoundError, version

import django
import wagtail
from django.db import connection
from django.utils.translation import gettext as _

from verkosto.core.health import Finding, Status, Table


def find_versions() -> Finding:
    """Return the versions of the site and of what it runs on. No query on an open connection."""
    connection.ensure_connection()
    database = ".".join(str(part) for part in connection.get_database_version())
    rows = [
        ("Verkosto", verkosto_version()),
        ("Wagtail", wagtail.__version__),
        ("Django", django.get_version()),
        ("Python", platform.python_version()),
        (connection.display_name, database),
    ]
    return Finding(Status.OK, f"Verkosto {rows[0][1]}", table=Table([_("Part"), _("Version")], rows))


def verkosto_version() -> str:
    """Return the version of the installed package, or a mark of a checkout that is not installed."""
    try:
        return version("verkosto")
    except PackageNotFoundError:
        return _("development version")
