"""The form for a list of addresses."""

import csv
import io
from collections.abc import Mapping
from typing import Self

from django import forms
from django.utils.translation import gettext_lazy as _

from verkosto.core.spreadsheets import is_spreadsheet, read_spreadsheet
from verkosto.core.text_files import decode_text
from verkosto.registrations.domain.address_lists import MAX_LINES

MAX_BYTES = 1024 * 1024  # of a list of addresses


class AddressesForm(forms.Form):
    """Addresses pasted as lines, uploaded as a CSV or XLSX file, or both."""

    addresses = forms.CharField(
        label=_("Addresses"), required=False, max_length=MAX_BYTES, widget=forms.Textarea(attrs={"rows": 5})
    )
    file = forms.FileField(label=_("Or a CSV or XLSX file"), required=False)
    text = ""

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is too large: at most one megabyte."))
        data = file.read()
        return _as_lines(data) if is_spreadsheet(data) else decode_text(data)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        # The pasted lines, then the file.
        self.text = f"{cleaned.get('addresses', '')}\n{cleaned.get('file') or ''}".strip().replace("\0", "")
        return cleaned

    def with_file_as_text(self) -> Self:
        """Return the same form with the lines of its file in the text field, where they can be corrected."""
        data = {name: self.data[name] for name in self.data}
        form = self.with_data({**data, "addresses": self.text})
        form.full_clean()
        return form

    def with_data(self, data: Mapping[str, object] | None) -> Self:
        """Return a new form of the same kind with other data. Override it in a form whose constructor takes more."""
        return type(self)(data)


def _as_lines(data: bytes) -> str:
    """Return a spreadsheet as lines of CSV: one more than are taken, so that a longer list is refused."""
    buffer = io.StringIO()
    try:
        csv.writer(buffer, delimiter="\t").writerows(read_spreadsheet(data, max_rows=MAX_LINES + 1))
    except ValueError as error:
        raise forms.ValidationError(_("The file could not be read. Save it again as XLSX or CSV.")) from error
    return buffer.getvalue()
