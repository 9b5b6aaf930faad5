"""Templates follow the layers of imports: an app's templates use only what the app itself may import."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template import engines
from django.utils.translation import gettext, override

from tests.architecture.test_rooms import CHAIN, ROOT
from verkosto.core.templatetags.hyphenation_tags import LONG_WORD

APPS_OF_REGISTRATIONS = ("verkosto.registrations", "verkosto.directory", "verkosto.core")
APPS = {app: {app, *CHAIN[place + 1 :]} for place, app in enumerate(CHAIN)} | {
    "verkosto.localisation": {"verkosto.localisation", "verkosto.core"},
    "verkosto.subscriptions": {"verkosto.subscriptions", *APPS_OF_REGISTRATIONS},
    "verkosto.embedding": {"verkosto.embedding", *APPS_OF_REGISTRATIONS},
}
APPS["home"].add("templates")  # part of the site, like its skin
USED = re.compile(r"""{%-?\s*(?:include|extends)\s+["']([^"']+)["']""")
INPUTS = re.compile(r"{#(?:(?!#}).)*Inputs: |{% comment %}(?:(?!{% endcomment %}).)*Inputs: ", re.DOTALL)
HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
TRANSLATED = re.compile(r"""{%-?\s*translate\s+"([^"]+)"\s*%}""")
VARIABLE = re.compile(r"{{|{%-?\s*block")
#: Pages of which we know the heading: the documentation of the API is in English, which all browsers hyphenate.
ENGLISH = {"documentation.html"}
LOADED = re.compile(r"{%-?\s*load\s+(?:[\w ]+\s+from\s+)?([\w ]+?)\s*-?%}")


def folder(app: str) -> Path:
    return ROOT.joinpath(*app.split("."), "templates")


def templates(app: str) -> Iterator[Path]:
    return folder(app).rglob("*.html")


def owner_of_template(name: str) -> str:
    """The app that carries a template, "templates" for the site's skin, or "" for a library's."""
    if name.startswith("wagtail"):  # Wagtail's, even where the skin overrides it
        return ""
    found = (app for app in APPS if (folder(app) / name).exists())
    return next(found, "templates" if (ROOT / "templates" / name).exists() else "")


def owner_of_library(name: str) -> str:
    """The app that carries a template tag library, or "" for a library's or Django's own."""
    module = engines["django"].engine.libraries.get(name, "")
    return next((app for app in APPS if module.startswith(f"{app}.")), "")


@pytest.mark.parametrize("app", APPS)
def test_templates_include_and_extend_what_their_app_may_import(app: str) -> None:
    used = {(path.name, name) for path in templates(app) for name in USED.findall(path.read_text("utf-8"))}
    foreign = {pair for pair in used if owner_of_template(pair[1]) not in {"", *APPS[app]}}
    assert used
    assert foreign == set()


@pytest.mark.parametrize("app", APPS)
def test_templates_load_tags_that_their_app_may_import(app: str) -> None:
    loaded = {
        (path.name, name)
        for path in templates(app)
        for names in LOADED.findall(path.read_text("utf-8"))
        for name in names.split()
    }
    assert loaded
    assert {pair for pair in loaded if owner_of_library(pair[1]) not in {"", *APPS[app]}} == set()


@pytest.mark.parametrize("app", APPS)
def test_components_state_their_inputs_first(app: str) -> None:
    components = [path for path in templates(app) if path.parent.name == "components"]
    assert {path.name for path in components if not INPUTS.match(path.read_text("utf-8"))} == set()


def public_headings() -> Iterator[tuple[str, str]]:
    """Yield the main headings of the pages that visitors see, each with the name of its template."""
    for folder in ("verkosto", "network_pages", "event_pages", "home", "templates"):
        for path in sorted((ROOT / folder).rglob("*.html")):
            if "admin" not in path.parts and path.name not in ENGLISH:
                yield from ((path.name, heading) for heading in HEADING.findall(path.read_text("utf-8")))


def test_long_words_of_main_headings_are_hyphenated() -> None:
    """WCAG 2.2 SC 1.4.10: at 320 px the longest words of Finnish and Swedish are wider than the screen."""
    headings = list(public_headings())
    unbroken = set()
    for name, heading in headings:
        words = []
        for language in ("fi", "sv"):
            with override(language):
                words += [word for text in TRANSLATED.findall(heading) for word in LONG_WORD.findall(gettext(text))]
        if "hyphenated" not in heading and (words or VARIABLE.search(heading)):
            unbroken.add((name, *words))
    assert len(headings) > 40
    assert unbroken == set()
