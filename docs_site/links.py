"""Links of the guides, which are written for readers of the repository, as they have to be on the site."""

import posixpath
import re
from collections.abc import Iterator

from docs_site.source_code import ROOT

#: Texts at the root of the repository that are pages of the site.
ROOT_PAGES = {
    "CHANGELOG.md": "changelog.md",
    "CODE_OF_CONDUCT.md": "code-of-conduct.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
}
LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
DIAGRAM = re.compile(r"^```mermaid\n(flowchart .*?)^```", re.MULTILINE | re.DOTALL)
NODE = re.compile(r'(\w+)\["(.+?)"\]')
EDGE = re.compile(r'(\w+)(?:\[".+?"\])? (-->|-\.->) (\w+)')


def for_site(markdown: str, page: str) -> str:
    """Return a page's text with links that work on the site. ``page`` is its path there."""
    source = next((root for root, shown in ROOT_PAGES.items() if shown == page), f"docs/{page}")
    kept = FENCE.split(markdown)
    blocks = FENCE.findall(markdown)
    changed = [LINK.sub(lambda link: _link(link[1], link[2], source, page), part) for part in kept]
    return "".join(_interleaved(changed, blocks))


def _interleaved(parts: list[str], blocks: list[str]) -> Iterator[str]:
    for part, block in zip(parts, [*blocks, ""], strict=True):
        yield part
        yield block


def _link(text: str, target: str, source: str, page: str) -> str:
    """Return a link to a page of the site; what is in the repository alone is named by its path."""
    path, mark, anchor = target.partition("#")
    if not path or ":" in path:
        return f"[{text}]({target})"
    found = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
    if found in ROOT_PAGES or found.startswith("docs/"):
        shown = ROOT_PAGES.get(found) or found.removeprefix("docs/")
        return f"[{text}]({posixpath.relpath(shown, posixpath.dirname(page) or '.')}{mark}{anchor})"
    if not (ROOT / found).exists():
        return f"[{text}]({target})"  # MkDocs reports it
    return f"`{found}`" if found in text else f"{text} (`{found}`)"


def with_tables(markdown: str) -> str:
    """Return a text with each diagram of rooms as a table: who may import what. It needs no script, and can be read out."""
    return DIAGRAM.sub(lambda diagram: _table(diagram[1]), markdown)


def _table(diagram: str) -> str:
    labels = dict(NODE.findall(diagram))
    targets: dict[str, list[str]] = {key: [] for key in labels}
    for source, arrow, target in EDGE.findall(diagram):
        optional = " (optional)" if arrow == "-.->" else ""
        targets.setdefault(source, []).append(f"`{labels.get(target, target).split('<br>')[0]}`{optional}")
    rows = []
    for key, imported in targets.items():
        name, *about = labels.get(key, key).split("<br>")
        rows.append(f"| `{name}` | {' '.join(about)} | {', '.join(imported)} |")
    return "\n".join(["| Room | What it is | May import |", "|---|---|---|", *rows])
