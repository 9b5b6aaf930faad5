"""What this app looks at on every site."""

from django.utils.translation import gettext_lazy as _

from verkosto.core.health import HealthCheck
from verkosto.operations.checks import database, files, scheduled_work, search, software_versions, tasks

OWN_CHECKS = [
    HealthCheck("migrations", _("Database version"), database.find_migrations),
    HealthCheck("trigrams", _("Search for names"), database.find_trigrams),
    HealthCheck("clock", _("Clock"), database.find_clock),
    HealthCheck("queue", _("Background tasks"), tasks.find_queue),
    HealthCheck("failed_tasks", _("Failed tasks"), tasks.find_failed_tasks),
    HealthCheck("failed_jobs", _("Failed jobs"), tasks.find_failed_jobs),
    HealthCheck("scheduled_work", _("Scheduled work"), scheduled_work.find_scheduled_work),
    HealthCheck("search_index", _("Search index"), search.find_unindexed_pages),
    HealthCheck("static_files", _("Static files"), files.find_static_files),
    HealthCheck("catalogues", _("Translations of the interface"), files.find_catalogues),
]
# At the end of the page.
VERSIONS = [HealthCheck("versions", _("Versions"), software_versions.find_versions)]
