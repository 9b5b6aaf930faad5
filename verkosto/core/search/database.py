"""The backend for ``WAGTAILSEARCH_BACKENDS`` that knows the languages, on PostgreSQL and SQLite: decision 25."""

from collections.abc import Mapping
from importlib import import_module

from django.db import connection
from modelsearch.backends import database
from modelsearch.backends.base import BaseSearchBackend


def SearchBackend(params: Mapping[str, object]) -> BaseSearchBackend:
    """Return the backend of the default database: modelsearch's own where it is neither PostgreSQL nor SQLite's FTS5."""
    general = database.SearchBackend(params)
    if connection.vendor == "postgresql" or (connection.vendor == "sqlite" and database.USE_SQLITE_FTS):
        # Each module imports what only its own database has.
        return import_module(f"verkosto.core.search.{connection.vendor}").SearchBackend(params)
    return general
