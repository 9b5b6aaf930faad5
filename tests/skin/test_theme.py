import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from verkosto.core.stylesheets import stylesheets

THEME = (settings.BASE_DIR / "verkosto/core/static/verkosto_core/css/theme.css").read_text()
DARK = THEME.index("@media screen and (prefers-color-scheme: dark)")

# WCAG 2.2 SC 1.4.3: text on its ground.
TEXT_PAIRS = [
    ("ink", "ground"),
    ("ink", "ground-tinted"),
    ("ink", "cloudberry-tint"),
    ("ink", "spruce-tint"),
    ("ink", "lingonberry-tint"),
    ("ink-soft", "ground"),
    ("ink-soft", "ground-tinted"),
    ("spruce", "ground"),
    ("spruce", "ground-tinted"),
    ("spruce", "spruce-tint"),
    ("spruce", "cloudberry-tint"),
    ("spruce-strong", "spruce-tint"),
    ("on-spruce", "spruce"),
    ("on-spruce", "spruce-strong"),
    ("cloudberry-strong", "ground"),
    ("on-cloudberry", "cloudberry"),
    ("lingonberry", "ground"),
    ("lingonberry", "lingonberry-tint"),
    ("lingonberry-strong", "lingonberry-tint"),
    ("on-lingonberry", "lingonberry"),
    ("on-lingonberry", "lingonberry-strong"),
    ("on-band", "band"),
    ("on-band-soft", "band"),
]
# WCAG 2.2 SC 1.4.11: the edges of fields and the lines of figures.
EDGE_PAIRS = [("edge", "ground"), ("spruce", "ground"), ("lingonberry", "ground"), ("ink", "ground")]


def tokens(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))


LIGHT_TOKENS = tokens(THEME[:DARK])
SCHEMES = {"light": LIGHT_TOKENS, "dark": LIGHT_TOKENS | tokens(THEME[DARK:])}


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_stands_out_from_its_ground(scheme: str, text: str, ground: str) -> None:
    colours = SCHEMES[scheme]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("edge", "ground"), EDGE_PAIRS)
def test_edge_stands_out_from_its_ground(scheme: str, edge: str, ground: str) -> None:
    colours = SCHEMES[scheme]
    assert contrast(colours[edge], colours[ground]) >= 3


def test_dark_scheme_changes_every_colour() -> None:
    assert tokens(THEME[DARK:]).keys() == LIGHT_TOKENS.keys()


COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b(?!\d*[\w-]*\s*\{)")


def test_colours_come_from_the_theme_alone() -> None:
    """The admin has Wagtail's own sheets, not our theme: of the house it has the mark, in the theme's colours."""
    own = [Path(str(finders.find(sheet))) for sheet in [*stylesheets(), "verkosto_core/css/neutral.css"]]
    sheets = {sheet.name: sheet.read_text() for sheet in [*own, *(settings.BASE_DIR / "static/css").glob("*.css")]}
    assert {*COLOUR.findall(sheets.pop("admin.css"))} <= {*LIGHT_TOKENS.values()}
    others = {name: COLOUR.findall(text) for name, text in sheets.items() if name not in ("theme.css", "print.css")}
    assert {name: found for name, found in others.items() if found} == {}
