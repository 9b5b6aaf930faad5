"""Lists of addresses: of people to invite, of members."""

from verkosto.registrations.domain.address_lists import MAX_CELLS, MAX_LINES, read_rows


def test_a_list_has_a_limited_number_of_lines_and_cells() -> None:
    """A megabyte, which is taken, can hold half a million lines, or a million cells in one line."""
    rows = list(read_rows("a;\n" * (MAX_LINES + 50_000)))
    assert (len(rows), rows[-1]) == (MAX_LINES, (MAX_LINES + 1, ["…"], ""))
    [(_number, cells, address)] = read_rows("a@example.fi" + ";" * 100_000)
    assert (len(cells), address) == (MAX_CELLS, "a@example.fi")
