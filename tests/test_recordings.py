"""Recorded rows are what a call makes, and are used only where a call would make the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import translation
from wagtail.models import Locale, Page, Site

from home.models import HomePage, StandardPage
from tests import recordings
from tests.factories.home import StandardPageFactory
from tests.recordings import recorded, watched_writes
from verkosto.localisation.models import TranslationState

pytestmark = pytest.mark.django_db
calls: list[str] = []


@recorded
def tree(code: str = "fi") -> dict[str, HomePage]:
    calls.append(code)
    page = HomePage(title="Puu", slug="puu", summary="Tiivistelmä", locale=Locale.objects.get(language_code=code))
    Page.objects.get(depth=1).add_child(instance=page)
    Site.objects.update(root_page=page)
    Page.objects.exclude(pk=page.pk).filter(depth=2).delete()
    transaction.on_commit(lambda: calls.append("committed"))
    return {"page": page}


@recorded
def branch(parent: Any, slug: str = "oksa") -> StandardPage:
    calls.append(slug)
    page: StandardPage = StandardPageFactory(parent=parent, title="Oksa", slug=slug)
    return page


@pytest.fixture(autouse=True)
def nothing_recorded(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    for name in ("_called", "_tables", "_recordings"):
        monkeypatch.setattr(recordings, name, type(getattr(recordings, name))())
    Locale.objects.get_or_create(language_code="fi")
    Locale.objects.get_or_create(language_code="sv")
    calls.clear()


@contextmanager
def one_test() -> Iterator[None]:
    """What a test does is undone at its end."""
    with watched_writes(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def contents() -> dict[type, list[dict[str, Any]]]:
    changing = {"id", "page_ptr_id", "root_page_id", "translation_key", "first_published_at", "last_published_at"}
    found = {model: list(model._default_manager.order_by("pk").values()) for model in (Page, HomePage, Site)}
    return {
        model: [{name: value for name, value in row.items() if name not in changing} for row in rows]
        for model, rows in found.items()
    }


def test_the_rows_and_the_result_are_those_of_a_call() -> None:
    with one_test():
        tree()
        called = contents()
    keys = []
    for _time in range(2):
        with one_test():
            page = tree()["page"]
            assert contents() == called
            assert page == HomePage.objects.get(slug="puu") == Site.objects.get().root_page.specific
            assert (page.title, page.path, page.url_path, page.locale.language_code) == (
                *("Puu", HomePage.objects.get().path, "/puu/"),
                "fi",
            )
            keys.append((page.pk, page.translation_key))
    assert calls == ["fi", "fi"], "called once as usual, and once to record it"
    assert keys[0] == keys[1]


def test_each_test_gets_a_result_of_its_own() -> None:
    for _time in range(3):
        with one_test():
            page = tree()["page"]
            assert page.title == "Puu"
            page.title = "Muutettu"


def test_a_recording_builds_on_another_and_the_parent_knows_its_children() -> None:
    for _time in range(5):
        with one_test():
            parent = tree()["page"]
            first = branch(parent)
            assert parent.numchild == 1
            second = branch(parent, slug="toinen")
            other = StandardPageFactory(parent=parent, slug="kolmas")
            assert [page.path for page in (first, second, other)] == [f"{parent.path}000{n}" for n in (1, 2, 3)]
            assert Page.objects.get(pk=parent.pk).numchild == parent.numchild == 3
    # The first is called on a tree that was called, on one that was recorded, and to record it; so is the second then.
    assert (calls.count("fi"), calls.count("oksa"), calls.count("toinen")) == (2, 3, 4)


def test_what_waits_for_the_commit_waits_again_and_caches_are_empty(django_capture_on_commit_callbacks: Any) -> None:
    for _time in range(3):
        with one_test(), django_capture_on_commit_callbacks(execute=True):
            cache.set("before", 1)
            tree()
            assert cache.get("before", 0) in (0, 1)
    assert calls.count("committed") == 3
    with one_test():
        cache.set("before", 1)
        tree()
        assert cache.get("before") is None


@pytest.mark.parametrize("table", ["read", "written", "another"])
def test_a_test_that_wrote_before_to_the_same_tables_gets_a_call(table: str) -> None:
    for _time in range(3):
        with one_test():
            tree()
    calls.clear()
    with one_test():
        if table == "read":
            Locale.objects.filter(language_code="sv").update(language_code="de")
        elif table == "written":
            Site.objects.update(port=81)
        else:
            Group.objects.create(name="Ryhmä")
        tree()
        assert Site.objects.get().port == (81 if table == "written" else 80)
    assert calls == ([] if table == "another" else ["fi"])


def test_settings_language_time_and_arguments_of_a_test_get_a_call(settings: Any, time_machine: Any) -> None:
    for _time in range(3):
        with one_test():
            tree()
    calls.clear()
    with one_test(), translation.override("sv"):
        tree()
    with one_test():
        tree("sv")
    with one_test():
        branch(Page.objects.get(depth=2))
    settings.SITE_URL = "https://other.example.fi"
    with one_test():
        tree()
    assert calls == ["fi", "sv", "oksa", "fi"]


def test_while_time_is_frozen_a_call_is_made(time_machine: Any) -> None:
    for _time in range(3):
        with one_test():
            tree()
    calls.clear()
    time_machine.move_to(datetime(2126, 1, 1, tzinfo=UTC))
    with one_test():
        tree()
    assert calls == ["fi"]


def test_translation_states_are_counted_after_the_commit(django_capture_on_commit_callbacks: Any) -> None:
    for _time in range(3):
        with one_test():
            with django_capture_on_commit_callbacks(execute=True):
                page = tree()["page"]
            states = TranslationState.objects.filter(translation_key=page.translation_key)
            assert [state.locale.language_code for state in states.order_by("locale__language_code")] == ["fi", "sv"]


@pytest.mark.django_db(transaction=True)
def test_without_a_transaction_of_the_test_a_call_is_made() -> None:
    assert not connection.in_atomic_block
    tree()
    assert (calls, Site.objects.get().root_page.title) == (["fi", "committed"], "Puu")


def test_rows_of_the_migrations_are_put_into_empty_tables() -> None:
    """What a test that commits finds, and leaves to the next one."""
    models = apps.get_models(include_auto_created=True)
    tables = sorted({model._meta.db_table for model in models if model._meta.managed})
    before, restore = {table: recordings._rows(table) for table in tables}, recordings.initial_rows()
    with one_test(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608 - a table of ours
        for _twice in range(2):
            restore(connection.creation, "")
        assert {table: recordings._rows(table) for table in tables} == before
