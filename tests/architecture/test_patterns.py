"""Every regular expression of ours takes a time in proportion to the text, whatever a stranger wrote (CWE-1333)."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from time import process_time

import pytest

PACKAGES = ("cms", "home", "network_pages", "event_pages", "verkosto")
# Parts that make a pattern try again and again, each repeated to this many characters.
PARTS = (
    "a@",
    "<a@",
    "<",
    "<iframe ",
    '<iframe src="',
    "\n",
    "\n ",
    " ",
    "{",
    "{a",
    "x.",
    "w",
    "www",
    "://",
    "1-",
    "– ",
    "é",
    "0",
)
SIZE = 20_000
#: Of CPU time. A quadratic pattern takes a second and more, a linear one a millisecond.
SECONDS = 0.3
# Those that read texts of ours alone, each at one place: formats of CLDR, and templates.
OWN_TEXTS = {"verkosto.core.formats.DAY_AND_SEPARATOR", "verkosto.core.templatetags.interface_tags.NO_ELEMENT_HERE"}


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The compiled patterns of our modules for texts of strangers, by name."""
    return {name: pattern for name, pattern in _patterns() if name not in OWN_TEXTS}


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for package in PACKAGES:
        root = importlib.import_module(package)
        for module in pkgutil.walk_packages(root.__path__, f"{package}."):
            if module.name.endswith(("wsgi", "asgi")) or ".migrations" in module.name or ".settings" in module.name:
                continue
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, re.Pattern):
                    yield f"{module.name}.{name}", value


@pytest.mark.parametrize("part", PARTS)
def test_no_pattern_takes_long_over_a_hostile_text(part: str) -> None:
    """Security finding: the redaction of logs took 7.6 seconds for a host name of 32,000 characters."""
    text = part * (SIZE // len(part))
    for name, pattern in patterns().items():
        start = process_time()
        pattern.sub("", text)
        assert process_time() - start < SECONDS, name


def test_patterns_are_found() -> None:
    names = {name.rpartition(".")[2] for name in patterns()}
    assert {"EMAIL_ADDRESS", "TOKEN", "WEB_ADDRESS", "RECIPIENT", "FRAME"} <= names
