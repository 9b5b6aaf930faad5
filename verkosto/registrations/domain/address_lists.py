"""Lists of addresses that staff paste or upload: of people to invite, of members."""

import csv
import io
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from verkosto.core.email_addresses import normalise_email, validate_email_address
from verkosto.core.text import clean_line

MAX_ADDRESSES = 5000  # at once
SHOWN_ERRORS = 50  # lines with an error that are listed
# A short file can hold a great many lines and cells, each of which becomes a list or a text.
MAX_LINES = 4 * MAX_ADDRESSES  # nothing after them is read
MAX_CELLS = 50  # in a line


def read_rows(text: str) -> Iterator[tuple[int, list[str], str]]:
    """Yield the lines of a CSV that are not empty as (number, cells, normalised address); "" for no valid address.

    Comma, semicolon or tab; a first line without an address is taken for a header. A list of more than ``MAX_LINES``
    lines ends with a line without an address, as one whose quotation marks are not closed.
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
