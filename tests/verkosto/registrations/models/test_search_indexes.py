"""Searching a name (findings: 0.8–1.2 s at 200,000 registrations, which were read one by one)."""

import pytest
from django.db import connection, connections

from verkosto.registrations.models import Message, Registration
from verkosto.registrations.models.search_indexes import create_search_indexes


def plan(rows) -> str:
    """How PostgreSQL looks for the rows, also where the table is too small for an index to be of use."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    return str(rows.order_by().explain())


@pytest.mark.postgresql
@pytest.mark.django_db
def test_search_of_a_name_reads_the_index_of_trigrams():
    registrations = plan(Registration.objects.matching("Aino"))
    assert registrations.count("Bitmap Index Scan on registrations_searched") == 4  # a field each
    assert "Bitmap Index Scan on registrations_message_searched" in plan(Message.objects.matching("aino@example"))
    encoded = Registration.objects.filter(email__icontains="xn--")  # what ``email_matches`` asks first
    assert "Bitmap Index Scan on registrations_searched" in plan(encoded)


@pytest.mark.postgresql
@pytest.mark.django_db
def test_search_index_that_was_dropped_is_made_again_and_one_that_exists_is_kept(django_assert_num_queries):
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX registrations_searched")
        create_search_indexes(connection.alias)
        cursor.execute("SELECT to_regclass('registrations_searched')")
        assert cursor.fetchone() == ("registrations_searched",)
    with django_assert_num_queries(6):  # a savepoint, a look at the catalogue and its release, twice
        create_search_indexes(connection.alias)


@pytest.mark.postgresql
@pytest.mark.django_db
def test_search_works_without_the_extension(caplog):
    """As where the database's owner may not create it."""
    with connection.cursor() as cursor:
        cursor.execute("DROP EXTENSION pg_trgm CASCADE")
        cursor.execute("CREATE ROLE verkosto_test_reader")
        cursor.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO verkosto_test_reader")
        cursor.execute("SET LOCAL ROLE verkosto_test_reader")
        create_search_indexes(connection.alias)
        assert "CREATE EXTENSION pg_trgm, then migrate." in caplog.text
        assert Registration.objects.matching("Aino").count() == 0


@pytest.mark.django_db
def test_search_indexes_are_left_to_postgresql(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(connections[connection.alias], "vendor", "sqlite")
    with django_assert_num_queries(0):
        create_search_indexes(connection.alias)
