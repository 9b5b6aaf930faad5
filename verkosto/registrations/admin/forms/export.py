from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import get_content_languages

from verkosto.registrations.exports import export_formats


class ExportForm(forms.Form):
    """The file format and language of an export, and whether it contains the sensitive answers."""

    format = forms.ChoiceField(label=_("File"), widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language of the questions and answers"))
    sensitive = forms.BooleanField(
        label=_("Include sensitive answers"),
        required=False,
        help_text=_("Dietary and access needs. Keep the file only as long as you need it. The export is logged."),
    )

    def __init__(self, *args: Any, offers_sensitive: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["format"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (kind.name, kind.label) for kind in export_formats().values()
        ]
        self.fields["language"].choices = list(get_content_languages().items())  # type: ignore[attr-defined]  # likewise
        if not offers_sensitive:
            del self.fields["sensitive"]
