"""The database: whether it has this release's tables and extensions, and agrees about the time."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verkosto.core.health import Finding, Status, healthy
from verkosto.core.scheduled_work.models import ScheduledRun
from verkosto.core.trigrams import has_trigrams

TOLERANCE = 5  # seconds between the clocks of two machines


def find_migrations() -> Finding:
    """Find the migrations that have not been applied. Two queries."""
    executor = MigrationExecutor(connection)
    number = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not number:
        return healthy(_("The database has all migrations of this release."), migrations_pending=0)
    text = ngettext("%(count)s migration has not been applied.", "%(count)s migrations have not been applied.", number)
    return Finding(
        Status.FAILED,
        text % {"count": number},
        _("Run manage.py migrate (deploy/run migrate), and restart web servers and workers."),
        {"migrations_pending": number},
    )


def find_trigrams() -> Finding:
    """Find out whether names can be searched by an index. One query on PostgreSQL."""
    if connection.vendor != "postgresql":
        return healthy(_("SQLite needs no extension."))
    if has_trigrams():
        return healthy(_("The extension pg_trgm is installed."))
    return Finding(
        Status.ATTENTION,
        _("PostgreSQL has no extension pg_trgm: searches for names read every row."),
        _("Run CREATE EXTENSION pg_trgm in the database as its superuser, and then manage.py migrate."),
    )


def find_clock() -> Finding:
    """Find out whether this machine and the database agree about the time. Two queries at most."""
    now = timezone.now()
    newest = ScheduledRun.objects.aggregate(newest=Max("started_at"))["newest"]
    skew = max((newest - now).total_seconds(), 0.0) if newest else 0.0
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            skew = max(skew, abs((cursor.fetchone()[0] - timezone.now()).total_seconds()))
    if skew <= TOLERANCE:
        return healthy(_("The clocks agree."), clock_skew_seconds=skew)
    return Finding(
        Status.ATTENTION,
        _("The clocks differ by %(seconds)s seconds: of this machine and of the database, or of another machine.")
        % {"seconds": round(skew)},
        _("Synchronise the clocks of all machines, such as with chrony: opening times and deadlines depend on them."),
        {"clock_skew_seconds": skew},
    )
