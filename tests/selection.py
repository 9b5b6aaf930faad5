"""Which tests run on which database, where `tests.run` has both.

Everything runs on PostgreSQL, as in production. What the database may change runs on SQLite too: SQL of our own, locks,
conflicts, text comparison, JSON, migrations. Those tests are listed here. Without PostgreSQL, and with
``make test-sqlite``, everything runs on SQLite.

``test_selection.py`` finds the modules that use such SQL, and holds that their tests are in the list.
"""

from collections.abc import Collection, Mapping
from pathlib import PurePosixPath
from typing import Literal

Database = Literal["sqlite", "postgresql"]

#: Folders and files of tests that run on both databases, and what differs there.
ON_BOTH: dict[str, str] = {
    # The laws of registrations: places under lock, no conflict, no loss.
    "verkosto/registrations/domain": "capacity, waiting lists and meetings: locks, and rows that exist already",
    "verkosto/registrations/models": "searches, orders and constraints that ignore case, and queries of open desks",
    "verkosto/registrations/privacy": "retention and erasure: rows deleted in portions, and searched in JSON",
    "verkosto/registrations/exports": "rows read in portions while others write",
    "verkosto/registrations/mail/test_outbox.py": "messages claimed by several workers, and written in portions",
    "verkosto/registrations/mail/test_delivery.py": "messages claimed by several workers",
    "verkosto/registrations/public/test_rate_limits.py": "counters in one statement of our own",
    "verkosto/registrations/public/test_signup.py": "the journey of a visitor, in transactions and under constraints",
    "verkosto/registrations/public/test_manage.py": "the journey of a registered person, and addresses in any case",
    "verkosto/registrations/admin/views/test_desks.py": "numbers of registrations and messages by subqueries",
    "verkosto/registrations/admin/views/test_statistics.py": "answers counted in JSON, and days in the site's time zone",
    "verkosto/registrations/admin/test_archives.py": "archives deleted and made under lock",
    "verkosto/registrations/admin/test_desk_panel.py": "answers found by their key in JSON",
    "verkosto/registrations/test_concurrency.py": "sixty visitors at once",
    "verkosto/registrations/test_faults.py": "a database, a mail server or a worker that fails",
    "verkosto/registrations/test_scheduled_work.py": "desks under lock",
    # Translation: states and strings are written and counted by SQL of our own.
    "verkosto/localisation/states": "states counted and stored by SQL of our own",
    "verkosto/localisation/test_memory.py": "similar strings, by trigrams or without",
    "verkosto/localisation/workflow/test_bulk_submission.py": "a tree copied by SQL of our own",
    "verkosto/localisation/workflow/test_work_report.py": "months in the site's time zone",
    "verkosto/localisation/admin/test_listing_buttons.py": "columns by subqueries",
    # Search, constraints, jobs and what is stored of texts.
    "verkosto/core/search": "two indexes: FTS5 and tsvector",
    "home/test_search_results.py": "two indexes: FTS5 and tsvector",
    "verkosto/core/test_checks.py": "checks of the database and its extensions",
    "verkosto/core/test_constraints.py": "messages of constraints",
    "verkosto/core/test_copied_rows.py": "rows copied with their keys",
    "verkosto/core/test_jobs.py": "jobs claimed by one worker",
    "verkosto/core/test_queue.py": "tasks claimed by one worker",
    "verkosto/core/scheduled_work": "a lock of each database's own",
    "verkosto/core/test_row_ids.py": "numbers of new rows",
    "verkosto/core/test_stored_texts.py": "what a column stores of a text",
    "verkosto/core/test_upstream.py": "searches of the admin with quotation marks",
    "verkosto/linked_events/places": "places imported under lock",
    "verkosto/linked_events/push": "events sent under lock",
    "verkosto/linked_events/test_views.py": "events and series in one list, by subqueries",
    "verkosto/operations/test_doctor.py": "the extension and the clock of PostgreSQL",
    "verkosto/subscriptions": "followers and their digests under lock",
    "verkosto/webhooks/test_page_events.py": "events of a page under lock",
    # Pages and members.
    "event_pages/imports/test_event_import.py": "events imported under lock",
    "event_pages/online_meetings/test_reconciliation.py": "meetings claimed by one worker",
    "event_pages/test_querysets.py": "orders and filters of dates, in SQL",
    "event_pages/test_viewsets.py": "columns by subqueries, and searches",
    "network_pages/models/test_membership.py": "titles by subqueries, and one membership for each address",
    "network_pages/test_members.py": "searches of members, and erasure",
    "network_pages/group_plans/test_plans.py": "plans under lock",
    "network_pages/group_plans/test_saving.py": "plans under lock",
    "network_pages/pair_plans/test_plans.py": "plans under lock",
    "network_pages/pair_plans/test_saving.py": "plans under lock",
    "network_pages/reviews": "reviews under lock, and means in SQL",
    # The site.
    "cms/test_migration_lock.py": "a lock of the database, or of a file",
    "cms/test_service_urls.py": "the settings of both databases",
    "cms/test_views.py": "what monitoring learns of the database",
    "test_recordings.py": "rows that tests insert as they were",
}

#: What is the same on every database, and takes minutes.
ON_ONE: dict[str, tuple[Database, str]] = {
    "access": ("sqlite", "who may open what"),
    "architecture/test_patterns.py": ("sqlite", "all modules are imported, also those of the index on SQLite"),
    "fuzz/test_forms.py": ("postgresql", "every form is sent once: PostgreSQL refuses more"),
    "packaging": ("postgresql", "projects with databases of their own, which share one wheel"),
}

#: What `tests.run` does once, beside PostgreSQL.
BESIDE_POSTGRESQL = {"postgresql", "browser", "html", "journey"}
USING_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup", "django_db"}


def runs_on(database: Database, path: str, uses: Collection[str]) -> bool:
    """Return whether a run with both databases has a test in its run on one of them.

    ``path`` is that of the file below ``tests``; ``uses`` are the names of the test's fixtures and marks.
    """
    if alone := entry_of(path, ON_ONE):
        return database == ON_ONE[alone][0]
    on_both = may_run_on("sqlite", path) and not USING_DATABASE.isdisjoint(uses)
    return database == "postgresql" or (on_both and BESIDE_POSTGRESQL.isdisjoint(uses))


def may_run_on(database: Database, path: str) -> bool:
    """Return whether a file has tests for one of the databases, before it is read."""
    if alone := entry_of(path, ON_ONE):
        return database == ON_ONE[alone][0]
    return database == "postgresql" or entry_of(path, ON_BOTH) is not None


def entry_of(path: str, listed: Mapping[str, object]) -> str | None:
    """Return the file or folder of a list that a path is in."""
    places = (path, *map(str, PurePosixPath(path).parents))
    return next((place for place in places if place in listed), None)
