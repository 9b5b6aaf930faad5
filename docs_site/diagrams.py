"""The diagrams of rooms as pictures of our own, each with a table that says the same: no script draws them."""

import re
from html import escape

DIAGRAM = re.compile(r"^```mermaid\n(flowchart .*?)^```", re.MULTILINE | re.DOTALL)
NODE = re.compile(r'(\w+)\["(.+?)"\]')
EDGE = re.compile(r'(\w+)(?:\[".+?"\])? (-->|-\.->) (\w+)')
BOX = (168, 44)
STEP = (184, 84)  # from one box to the next

Edges = list[tuple[str, str, str]]


def without_mermaid(markdown: str) -> str:
    """Return a text with each flowchart as a picture and a table. Others remain as they are written."""
    return DIAGRAM.sub(lambda diagram: _picture_and_table(diagram[1]), markdown)


def _picture_and_table(diagram: str) -> str:
    edges: Edges = EDGE.findall(diagram)
    named = dict(NODE.findall(diagram))
    labels = {key: named.get(key, key).split("<br>") for edge in edges for key in (edge[0], edge[2])}
    return f"{picture(labels, edges)}\n\n{table(labels, edges)}"


def table(labels: dict[str, list[str]], edges: Edges) -> str:
    """Return who may import whom as a Markdown table."""
    rows = []
    for key, (name, *about) in labels.items():
        imported = [
            f"`{labels[target][0]}`{' (optional)' if arrow == '-.->' else ''}"
            for source, arrow, target in edges
            if source == key
        ]
        rows.append(f"| `{name}` | {' '.join(about)} | {', '.join(imported)} |")
    return "\n".join(["| Room | What it is | May import |", "|---|---|---|", *rows])


def places(labels: dict[str, list[str]], edges: Edges) -> dict[str, tuple[int, int]]:
    """Return the column and the row of each box: as far down as it can be above all that it imports.

    The longest chain of imports stands in the first column.
    """
    heights, depths = dict.fromkeys(labels, 0), dict.fromkeys(labels, 0)
    for _round in labels:
        for source, _arrow, target in edges:
            heights[source] = max(heights[source], heights[target] + 1)
            depths[target] = max(depths[target], depths[source] + 1)
    top = max(heights.values())
    rows: dict[int, list[str]] = {}
    for key in sorted(labels, key=lambda key: -depths[key]):
        rows.setdefault(top - heights[key], []).append(key)
    return {key: (column, row) for row, keys in rows.items() for column, key in enumerate(keys)}


def picture(labels: dict[str, list[str]], edges: Edges) -> str:
    """Return the diagram as SVG, in the colours of the page."""
    at = places(labels, edges)
    width = max(column for column, _row in at.values()) * STEP[0] + BOX[0] + 4
    height = max(row for _column, row in at.values()) * STEP[1] + BOX[1] + 4
    arrows = "".join(_arrow(at[source], at[target], dashed=arrow == "-.->") for source, arrow, target in edges)
    boxes = "".join(_box(at[key], lines) for key, lines in labels.items())
    return (
        f'<svg class="diagram" viewBox="0 0 {width} {height}" role="img" aria-label="Which room may import which. The table '
        f'below says the same.">{arrows}{boxes}</svg>'
    )


def _box(place: tuple[int, int], lines: list[str]) -> str:
    left, top = place[0] * STEP[0] + 2, place[1] * STEP[1] + 2
    middle = left + BOX[0] // 2
    kinds = ("name", "note")
    texts = "".join(
        f'<text x="{middle}" y="{top + 19 + 16 * number}" class="diagram__{kinds[number]}">{escape(line)}</text>'
        for number, line in enumerate(lines[:2])
    )
    return f'<rect x="{left}" y="{top}" width="{BOX[0]}" height="{BOX[1]}" rx="3" />{texts}'


def _arrow(start: tuple[int, int], end: tuple[int, int], *, dashed: bool) -> str:
    x1, y1 = start[0] * STEP[0] + BOX[0] // 2, start[1] * STEP[1] + BOX[1] + 2
    x2, y2 = end[0] * STEP[0] + BOX[0] // 2, end[1] * STEP[1]
    style = ' stroke-dasharray="4 4"' if dashed else ""
    curve = f"M{x1} {y1}C{x1} {y1 + 24} {x2} {y2 - 28} {x2} {y2 - 6}"
    return f'<path d="{curve}"{style} /><path d="M{x2 - 4} {y2 - 8}l4 8 4-8z" class="diagram__head" />'
