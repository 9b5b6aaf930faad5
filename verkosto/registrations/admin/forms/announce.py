from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext, gettext_lazy
from wagtail.coreutils import get_content_languages

MAX_LINE = 1000  # characters


class AnnouncementForm(forms.Form):
    """An own line for the emails in each language, or the reason for which nobody is notified."""

    reason = forms.CharField(
        label=gettext_lazy("Reason for notifying no one"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Kept in the page’s history."),
    )

    def __init__(
        self, data: Mapping[str, object] | None = None, *, languages: list[str], is_silent: bool = False
    ) -> None:
        super().__init__(data)
        self.languages = languages
        self.is_silent = is_silent
        names = get_content_languages()
        lines = {
            f"line_{code}": forms.CharField(
                label=gettext("Your own line (%(language)s)") % {"language": names.get(code, code)},
                required=False,
                max_length=MAX_LINE,
                widget=forms.Textarea(attrs={"rows": 2, "lang": code}),
            )
            for code in languages
        }
        self.fields = {**lines, **self.fields}

    def clean_reason(self) -> str:
        reason = str(self.cleaned_data["reason"])
        if self.is_silent and not reason:
            raise forms.ValidationError(gettext("Give the reason for notifying no one."))
        return reason

    @property
    def lines(self) -> dict[str, str]:
        """The lines that were written, by language."""
        given = {code: self.cleaned_data.get(f"line_{code}", "") for code in self.languages}
        return {code: line for code, line in given.items() if line}
