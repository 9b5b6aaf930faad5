"""The documentation site: built without a warning, and without a host other than its own."""

import json
import re
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from docs_site.source_code import ROOT

#: Tags of which a browser loads something by itself.
LOADED = re.compile(r"<(?:script|img|iframe|source|video|audio|embed|object|link)\b[^>]*>")
FOREIGN = re.compile(r"""(?:src|srcset|data|href)=["']?(?:https?:)?//""")
LOADED_BY_STYLES = re.compile(r"""(?:url\(|@import)\s*["']?(?:https?:)?//""")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site. A warning ends the build."""
    folder = tmp_path_factory.mktemp("site")
    config = load_config(str(ROOT / "mkdocs.yml"), strict=True, site_dir=str(folder))
    config.plugins.run_event("startup", command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.run_event("shutdown")
    return folder


def test_site_has_the_guides_in_three_languages_the_tutorials_and_the_reference(site: Path) -> None:
    pages = {
        *(
            f"{language}{guide}"
            for language in ("", "fi/", "sv/")
            for guide in ("editors", "registrars", "translators")
        ),
        *(
            f"{language}tutorial/{user}"
            for language in ("", "fi/", "sv/")
            for user in ("editor", "registrar", "translator")
        ),
        *("tutorial/first-event", "tutorial/plugin", "comparison", "changelog", "contributing", "glossary"),
        *(f"reference/{name}" for name in ("settings", "hooks", "signals", "commands", "python", "api")),
        "decisions/0001-rooms",
    }
    assert [page for page in pages if not (site / page / "index.html").exists()] == []
    assert '<article lang="fi"' in (site / "fi/editors/index.html").read_text()
    assert '<article lang="sv"' in (site / "sv/editors/index.html").read_text()


def test_browser_loads_nothing_from_other_hosts(site: Path) -> None:
    pages = {path.relative_to(site): path.read_text() for path in site.rglob("*.html")}
    assert len(pages) > 60
    loaded = [(path, tag) for path, page in pages.items() for tag in LOADED.findall(page) if FOREIGN.search(tag)]
    assert [(path, tag) for path, tag in loaded if "canonical" not in tag] == []
    styles = {path.relative_to(site): path.read_text() for path in site.rglob("*.css")}
    assert [path for path, text in styles.items() if LOADED_BY_STYLES.search(text)] == []
    # The theme's script asks other hosts for diagrams and for figures of a repository, where a page has these.
    asked = [path for path, page in pages.items() if 'class="mermaid"' in page or 'data-md-component="source"' in page]
    assert asked == []


def test_search_knows_the_three_languages(site: Path) -> None:
    index = json.loads((site / "search/search_index.json").read_text())
    assert index["config"]["lang"] == ["en", "fi", "sv"]
    titles = {entry["title"] for entry in index["docs"]}
    assert {"Glossary", "Toimittajille", "För redaktörer", "register_verkosto_event_types"} & titles >= {
        "Glossary",
        "Toimittajille",
        "För redaktörer",
    }
    scripts = {path.name for path in (site / "assets/javascripts/lunr/min").glob("lunr.??.min.js")}
    assert {"lunr.fi.min.js", "lunr.sv.min.js"} <= scripts
