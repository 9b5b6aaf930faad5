"""The code blocks of the tutorials, so that tests execute what people read."""

import re
from dataclasses import dataclass

from docs_site.source_code import ROOT

BLOCK = re.compile(r"(?:`([\w./]+)`:\n)?```(\w+)\n(.*?)```", re.DOTALL)


@dataclass(frozen=True)
class Step:
    """A code block: text for a file ("" for none), or commands."""

    file: str
    language: str
    text: str


def steps(name: str) -> list[Step]:
    """Return the code blocks of a tutorial, in their order."""
    return [Step(*found) for found in BLOCK.findall((ROOT / "docs" / "tutorial" / f"{name}.md").read_text())]


def commands(step: Step) -> list[str]:
    """Return the lines of a block of commands."""
    return step.text.strip().split("\n")
