"""Rich texts whose translations have other paragraphs than their originals."""

import pytest
from wagtail_localize.strings import extract_strings, restore_strings

from verkosto.localisation.paragraphs import BREAK, CONTINUES, TextPosition, positions_in, restore, with_breaks

HTML = (
    '<h2 data-block-key="h">Otsikko</h2><p data-block-key="a">Yksi <a href="https://example.fi/">linkki</a></p>'
    '<p data-block-key="b"><b>Kaksi</b></p><ul><li>Kolme</li><li>Neljä<ul><li>Viisi</li></ul></li></ul>'
    "<blockquote>Kuusi</blockquote>"
)


def rebuilt(html, **changes):
    """The text put together again, with the translations of some strings by their position."""
    template, strings = extract_strings(html)
    for position, text in changes.items():
        value, attrs = strings[int(position[1:])]
        strings[int(position[1:])] = (type(value)(text), attrs)
    return restore(restore_strings, template, strings)


def test_without_marks_nothing_changes():
    assert rebuilt(HTML) == HTML


def test_the_places_say_what_can_be_done():
    template, _strings = extract_strings(HTML)
    assert [(position.elements[0], position.may_split, position.may_join) for position in positions_in(template)] == [
        ("h2", False, False),
        ("p", True, False),
        ("b", True, True),
        ("li", True, False),
        ("li", True, False),
        ("li", True, False),
        ("blockquote", False, False),
    ]


@pytest.mark.parametrize(
    ("changes", "before", "after"),
    [
        pytest.param(
            {"n1": f'Ett <a id="a1">länk</a>{BREAK}Två'},
            "</a></p>",
            "</a></p><p>Två</p>",
            id="split",
        ),
        pytest.param(
            {"n1": f'Ett <a id="a1">en{BREAK}länk</a> slut'},
            '<p data-block-key="a">Yksi <a href="https://example.fi/">linkki</a></p>',
            '<p data-block-key="a">Ett <a href="https://example.fi/">en</a></p>'
            '<p><a href="https://example.fi/">länk</a> slut</p>',
            id="split inside a link",
        ),
        pytest.param(
            {"n2": f"Två{BREAK}Tre"},
            "<b>Kaksi</b></p>",
            "<b>Två</b></p><p><b>Tre</b></p>",
            id="split inside bold text",
        ),
        pytest.param(
            {"n2": f"{CONTINUES}Två"},
            '</a></p><p data-block-key="b"><b>Kaksi</b></p>',
            "</a> <b>Två</b></p>",
            id="joined",
        ),
        pytest.param(
            {"n2": CONTINUES}, '<p data-block-key="b"><b>Kaksi</b></p>', "", id="said by the paragraph above"
        ),
        pytest.param(
            {"n2": f"{CONTINUES}Två{BREAK}Tre"},
            '</a></p><p data-block-key="b"><b>Kaksi</b></p>',
            "</a> <b>Två</b></p><p><b>Tre</b></p>",
            id="joined and split",
        ),
        pytest.param({"n3": f"Tre{BREAK}Mer"}, "<li>Kolme</li>", "<li>Tre</li><li>Mer</li>", id="list item added"),
        pytest.param({"n0": f"Rubrik{BREAK}Mer"}, "Otsikko", "Rubrik Mer", id="a heading is not split"),
        pytest.param({"n4": f"{CONTINUES}Fyra"}, "Neljä", "Fyra", id="an item with a list of its own is not joined"),
        pytest.param({"n5": f"{CONTINUES}Fem"}, "Viisi", "Fem", id="the first item has none above"),
    ],
)
def test_paragraphs_are_joined_split_and_added(changes, before, after):
    assert HTML.count(before) == 1 or before == "</a></p>"
    expected = HTML.replace(before, after)
    for position, text in {"n1": "Ett "}.items():
        if changes.get(position, "").startswith(text):
            expected = expected.replace("Yksi ", "Ett ").replace(">linkki<", ">länk<")
    assert rebuilt(HTML, **changes) == expected


def test_empty_lines_of_the_original_are_no_paragraphs():
    html = "<ul><li>Yksi\n\n<ul><li>Kaksi</li></ul></li></ul>"
    assert rebuilt(html, n1=f"Två{BREAK}Tre") == "<ul><li>Yksi\n<ul><li>Två</li><li>Tre</li></ul></li></ul>"


def test_what_a_person_types_begins_paragraphs_where_the_original_has_no_line_breaks():
    position = TextPosition(("p",), may_split=True)
    assert with_breaks("a\nb \n\n c", position, has_line_breaks=False) == f"a{BREAK}b{BREAK}c"
    assert with_breaks("a\nb\n \nc", position, has_line_breaks=True) == f"a\nb{BREAK}c"
    assert with_breaks("a\n\nb", TextPosition(("h2",)), has_line_breaks=False) == "a\n\nb"
