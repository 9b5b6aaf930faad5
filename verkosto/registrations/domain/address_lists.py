"""Lists of addresses that staff paste or upload, such as people to invite or members."""

import csv
import io
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from verkosto.core.email_addresses import normalise_email, validate_email_address
from verkosto.core.text import clean_line

MAX_ADDRESSES = 5000  # in one list
SHOWN_ERRORS = 50  # lines with an error that are shown
# Limits of memory: a small file can hold very many short lines and cells.
MAX_LINES = 4 * MAX_ADDRESSES  # later lines are not read
MAX_CELLS = 50  # read of a line


def read_rows(text: str) -> Iterator[tuple[int, list[str], str]]:
    """Yield the lines of a CSV as (number, cells, normalised address). The address is "" if the line has no valid one.

    The separator may be a comma, a semicolon or a tab. Empty lines are left out, and so is a first line without an
    address, which is the header. Where reading stops, after ``MAX_LINES`` lines or at a quotation mark that is not
    closed, the last line yielded is "…" without an address.
    """
    delimiter = max(";,\t", key=text.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        for number, cells in enumerate(reader, start=1):
            if number > MAX_LINES:
                yield reader.line_num, ["…"], ""
                return
            row = [clean_line(cell).strip("\ufeff") for cell in cells[:MAX_CELLS]]
            address = next((cell for cell in row if "@" in cell), "")
            if any(row) and (address or number > 1):
                yield reader.line_num, row, _valid(address)
    except csv.Error:  # a quotation mark that is not closed
        yield reader.line_num, ["…"], ""


def line_error(number: int, row: list[str]) -> str:
    """Return the error message of a line without an address."""
    line = " ".join(filter(None, row))[:200]
    return gettext("Line %(number)s has no valid address: %(line)s") % {"number": number, "line": line}


def _valid(address: str) -> str:
    address = normalise_email(address)
    try:
        validate_email_address(address)
    except ValidationError:
        return ""
    return address
