"""Lists of addresses that staff paste or upload: of people to invite, of members."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

MOST = 5000  # addresses at once
LARGEST = 1024 * 1024  # bytes of a file of addresses
SHOWN = 50  # lines told of


def read_rows(text: str) -> Iterator[tuple[int, list[str], str]]:
    """The filled lines of a CSV as (number, cells, address); "" for the address where there is none that could be.

    Comma, semicolon or tab; a first line without an address is taken for a header.
    """
    delimiter = max(";,\t", key=text.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        for number, cells in enumerate(reader, start=1):
            row = [cell.strip().strip("\ufeff") for cell in cells]
            address = next((cell for cell in row if "@" in cell), "")
            if any(row) and (address or number > 1):
                yield reader.line_num, row, _valid(address)
    except csv.Error:  # a quotation mark without its fellow
        yield reader.line_num, ["…"], ""


def wrong_line(number: int, row: list[str]) -> str:
    """What is said of a line without an address."""
    line = " ".join(filter(None, row))[:200]
    return gettext("Line %(number)s has no valid address: %(line)s") % {"number": number, "line": line}


class AddressesForm(forms.Form):
    """Lines that were pasted, a CSV, or both."""

    addresses = forms.CharField(
        label=_("Addresses"), required=False, max_length=LARGEST, widget=forms.Textarea(attrs={"rows": 5})
    )
    file = forms.FileField(label=_("Or a CSV file"), required=False)
    text = ""

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is too large: at most one megabyte."))
        data = file.read()
        try:
            return str(data.decode("utf-8-sig"))
        except UnicodeDecodeError:
            # What a spreadsheet program of an older day writes; it decodes anything.
            return str(data.decode("latin-1"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        # What was pasted, and then the file.
        self.text = f"{cleaned.get('addresses', '')}\n{cleaned.get('file') or ''}".strip().replace("\0", "")
        return cleaned

    def with_its_lines(self) -> Any:
        """The same form with the lines of its file in the field, where they can be mended: a file cannot be given back."""
        given = {name: self.data[name] for name in self.data}
        again = type(self)({**given, "addresses": self.text})
        again.full_clean()
        return again


def _valid(address: str) -> str:
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address
