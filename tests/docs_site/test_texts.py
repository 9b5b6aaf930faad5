"""What belongs together in the texts: versions of a tutorial, pictures, decisions and their index."""

import re

import pytest

from docs_site.source_code import ROOT

DOCS = ROOT / "docs"
HEADING = re.compile(r"^(#+) ", re.MULTILINE)
PICTURE = re.compile(r"^!\[(.+)\]\(((?:\.\./)+pictures/[\w-]+)-(\w\w)\.webp\)$", re.MULTILINE)


@pytest.mark.parametrize("user", ["editor", "registrar", "translator"])
def test_tutorial_has_the_same_parts_and_pictures_in_all_languages(user: str) -> None:
    texts = {
        language: (DOCS / folder / "tutorial" / f"{user}.md").read_text()
        for language, folder in (("en", ""), ("fi", "fi"), ("sv", "sv"))
    }
    for language, text in texts.items():
        assert HEADING.findall(text) == HEADING.findall(texts["en"]), language
        assert len(re.findall(r"^\d\. ", text, re.MULTILINE)) == len(re.findall(r"^\d\. ", texts["en"], re.MULTILINE))
        pictures = PICTURE.findall(text)
        assert [shown for _alternative, _path, shown in pictures] == [language] * text.count("![")
        assert all(len(alternative) > 20 for alternative, _path, _language in pictures)


def test_pictures_are_small_and_shown() -> None:
    """A page of a guide that is opened on a phone loads them all."""
    texts = "".join(path.read_text() for path in [ROOT / "README.md", *DOCS.rglob("*.md")])
    pictures = sorted((DOCS / "pictures").iterdir())
    assert [path.name for path in pictures if path.stat().st_size > 60_000] == []
    assert [path.name for path in pictures if f"pictures/{path.name}" not in texts] == []


def test_index_of_decisions_names_each_once_with_its_title() -> None:
    listed = re.findall(r"^(\d+)\. \[(.+)\]\((.+)\)$", (DOCS / "decisions" / "README.md").read_text(), re.MULTILINE)
    files = sorted(path.name for path in (DOCS / "decisions").glob("0*.md"))
    assert [name for _number, _title, name in listed] == files
    assert [int(number) for number, _title, _name in listed] == [int(name[:4]) for name in files]


def test_navigation_names_each_page_once() -> None:
    pages = re.findall(r"^ +- (?:.+: )?(\S+\.md)$", (ROOT / "mkdocs.yml").read_text().partition("\nnav:\n")[2], re.M)
    assert len(pages) > 40
    assert sorted(page for page in set(pages) if pages.count(page) > 1) == []
