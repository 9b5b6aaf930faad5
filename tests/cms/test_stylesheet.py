"""The one style sheet of the public site."""

import os
import re
from pathlib import Path

import brotli
import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.test import Client

from cms import stylesheet

RULES = """
.known { color: red }
.known:is(.unknown, .also-known), .unknown .known { color: green }
.known:not(.unknown, [data-unknown]) { color: blue }
[data-state="unknown"] { color: grey }
@media print { .unknown { color: black } .known { background: url("data:image/svg+xml;x,{") } }
.known { &:hover { color: pink } .unknown & { color: gold } }
"""


def test_rules_that_nothing_can_match_are_left_out() -> None:
    kept = stylesheet.without_unused(RULES, {"known", "also-known", "data-state"})
    assert kept.replace(" ", "") == (
        ".known{color:red;}"
        ".known:is(.unknown,.also-known){color:green;}"
        ".known:not(.unknown,[data-unknown]){color:#00f;}"
        '@mediaprint{.known{background:url("data:image/svg+xml;x,{");}}'
        ".known{&:hover{color:pink;}}"
    )


def test_sheet_is_small_and_has_what_the_pages_use() -> None:
    sheet = stylesheet.build()
    assert len(brotli.compress(sheet.encode())) <= 12 * 1024
    used = (".ds-button", ".ds-input", ".ds-field", ".agenda", ".site-header", "[aria-invalid=true]", "@font-face")
    assert [part for part in used if part not in sheet] == []
    unused = (".ds-tabs", ".ds-field-affix", ".ds-card")
    assert [part for part in unused if part in sheet] == []


def test_every_token_for_designsystemet_is_read() -> None:
    sheet = stylesheet.build()
    tokens = re.findall(r"(--ds-[\w-]+):", stylesheet.sheet("css/designsystemet.css").read_text())
    assert [token for token in tokens if f"var({token}" not in sheet] == []
    # Designsystemet's own values for these stand in its theme, which we do not use: they are inherited.
    inherited = {"--ds-body-md-font-weight", "--ds-body-md-letter-spacing"}
    assert set(re.findall(r"var\((--ds-[\w-]+)", sheet)) - set(re.findall(r"(--ds-[\w-]+):", sheet)) == inherited


def test_pages_link_to_one_sheet_which_is_made_when_a_source_is_newer(client: Client, homes: object) -> None:
    page = BeautifulSoup(client.get("/fi/").content, "html.parser")
    screen = [link["href"] for link in page.select("link[rel=stylesheet]") if link.get("media") != "print"]
    assert screen == ["/static/css/all.css"]
    found = finders.find("css/all.css")
    assert isinstance(found, str)
    assert finders.find("css/all.css", find_all=True) == [found]
    (listed,) = stylesheet.SiteStyleSheetFinder().list([])
    assert (listed[0], listed[1].path(listed[0])) == ("css/all.css", found)
    assert list(stylesheet.SiteStyleSheetFinder().list(["*.css"])) == []


@pytest.mark.parametrize(("mark", "made"), [("stale", True), ("fresh", False)])
def test_sheet_is_made_anew_only_after_a_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mark: str, made: bool
) -> None:
    source, target = tmp_path / "source.css", tmp_path / "css/all.css"
    target.parent.mkdir()
    source.write_text("")
    target.write_text(mark)
    os.utime(source, (1000, 1000))
    os.utime(target, (999, 999) if made else (1001, 1001))
    monkeypatch.setattr(stylesheet, "sources", lambda: [source])
    monkeypatch.setattr(stylesheet, "pages", list)
    monkeypatch.setattr(stylesheet, "build", lambda: "built")
    assert stylesheet.up_to_date(target).read_text() == ("built" if made else mark)
