import re

from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    """The query of a search. A NUL byte, which PostgreSQL cannot store, is refused by the field."""

    q = forms.CharField(label=_("Search"), max_length=200, required=False, strip=True)

    @property
    def words(self) -> str:
        """What to look for: the query without marks, since SQLite takes a lone quotation mark for a syntax error."""
        return " ".join(re.findall(r"[\w'-]+", self.cleaned_data.get("q", "")))
