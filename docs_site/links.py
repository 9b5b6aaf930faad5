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
