"""Diagrams of the guides, as the site shows them."""

from docs_site.diagrams import places, without_mermaid

DIAGRAM = """```mermaid
flowchart LR
    a["cms<br>the project"] --> b["home<br>pages & news"]
    a -.-> c["api"]
    b --> c
```
"""
EDGES = [("a", "-->", "b"), ("a", "-.->", "c"), ("b", "-->", "c")]


def test_diagram_is_a_picture_and_a_table() -> None:
    before, picture, empty, *table, after = without_mermaid(f"Before\n{DIAGRAM}After").split("\n")
    assert (before, empty, after) == ("Before", "", "After")
    assert picture.startswith('<svg class="diagram" viewBox="0 0 172 216" role="img" aria-label="')
    assert (picture.count("<rect"), picture.count('class="diagram__head"'), picture.count("dasharray")) == (3, 3, 1)
    assert "pages &amp; news" in picture
    assert table == [
        "| Room | What it is | May import |",
        "|---|---|---|",
        "| `cms` | the project | `home`, `api` (optional) |",
        "| `home` | pages & news | `api` |",
        "| `api` |  |  |",
    ]


def test_boxes_stand_above_what_they_import_as_far_down_as_they_can() -> None:
    labels = {key: [key] for key in "abcd"}
    assert places(labels, [*EDGES, ("d", "-->", "c")]) == {"a": (0, 0), "b": (0, 1), "d": (1, 1), "c": (0, 2)}


def test_other_diagrams_remain_as_they_are_written() -> None:
    sequence = "```mermaid\nsequenceDiagram\n    a ->> b: asks\n```\n"
    assert without_mermaid(sequence) == sequence
