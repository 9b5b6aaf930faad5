from django import forms
from django.utils.translation import gettext_lazy as _

from verkosto.core.text import clean_line


class SearchForm(forms.Form):
    """A search query. The field refuses NUL bytes, which PostgreSQL cannot store."""

    q = forms.CharField(label=_("Search"), max_length=200, required=False, strip=True)

    def clean_q(self) -> str:
        return clean_line(self.cleaned_data["q"])
