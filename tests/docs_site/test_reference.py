"""The reference names every setting, hook, signal, command and address of the API, each with a text."""

import re

import pytest

from docs_site import reference, source_code
from docs_site.reference import PAGES, commands, table_of
from verkosto.api.documentation import groups
from verkosto.api.views import document


def rows(page: str) -> dict[str, list[str]]:
    """Return the rows of a page's tables by their name, each with the cells that follow it."""
    lines = [line[2:-2].split(" | ") for line in page.split("\n") if line.startswith("| `")]
    return {name.strip("`"): cells for name, *cells in lines}


def without_text(page: str, *columns: int) -> list[str]:
    return [name for name, cells in rows(page).items() if not all(cells[column].strip() for column in columns)]


def test_every_hook_is_listed_with_what_it_returns_and_adds() -> None:
    page = reference.hooks_page()
    assert list(rows(page)) == list(source_code.hook_modules())
    assert without_text(page, 0, 1, 2) == []


def test_every_signal_is_listed_with_its_moment_and_arguments() -> None:
    page = reference.signals_page()
    assert list(rows(page)) == [signal.name for signal in source_code.public_signals()]
    assert {"registration_confirmed", "translation_outdated"} <= set(rows(page))
    assert without_text(page, 0, 1, 2) == []


def test_every_command_has_a_help_text() -> None:
    page = reference.commands_page()
    sections = dict(re.findall(r"^### (\w+)\nOf `[\w.]+`\. (.*)$", page, re.MULTILINE))
    assert set(sections) == set(commands())
    assert {"run_scheduled_work", "start_site", "add_locale"} <= set(sections)
    assert [name for name, text in sections.items() if not text.strip()] == []
    assert without_text(page, 0) == []


def test_every_variable_of_the_environment_is_in_the_operators_guide() -> None:
    documented = table_of("operators")
    assert [name for name in source_code.environment_names() if not documented.get(name, [""])[0]] == []


def test_every_setting_of_a_project_has_a_meaning_and_a_default() -> None:
    settings = {setting.name: setting for setting in source_code.project_settings()}
    assert settings["REGISTRATION_MAILS_AN_HOUR"].default == "3"
    assert without_text(reference.settings_page(), 0) == []
    assert set(settings) | set(source_code.environment_names()) == set(rows(reference.settings_page()))


def test_meaning_of_a_setting_is_what_its_function_returns() -> None:
    docstring = "Return how many places are\nkept (``KEPT_PLACES``).\n\nNone for no limit."
    assert source_code.meaning_of(docstring) == "How many places are kept"


def test_every_address_of_the_api_is_listed() -> None:
    listed = re.findall(r"^`([A-Z]+ /\S+)`$", reference.api_page(), re.MULTILINE)
    operations = [each for group in groups(document("/api/v1/")) for each in group.operations]
    assert listed == [f"{operation.method} {operation.path}" for operation in operations]
    assert "GET /api/v1/events" in listed


@pytest.mark.parametrize("name", PAGES)
def test_page_has_whole_tables(name: str) -> None:
    """A stray bar would shift the cells."""
    page = PAGES[name]()
    tables = re.findall(r"(?:^\|.*\|\n)+", page + "\n", re.MULTILINE)
    for table in tables:
        widths = {len(re.findall(r"(?<!\\)\|", line)) for line in table.strip().split("\n")}
        assert len(widths) == 1, table
