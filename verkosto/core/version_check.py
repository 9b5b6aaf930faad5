"""Forms that notice that somebody else has saved a newer version since they were opened, as the page editor does.

Nothing that was typed is lost: the form is shown again with it, says what is saved now, and replaces that only if it is
sent once more. See ``overwriting.py`` for pages.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _


def version_of(values: Mapping[str, object]) -> str:
    """Return a short text that differs when the values do."""
    content = json.dumps(values, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:32]


class VersionCheckMixin(forms.Form):
    """A form with a hidden field that names the version it was opened with.

    ``stored`` are the values that are saved now, by field; {} for none. A form that is sent without a version is not
    checked: it was not opened in a browser.
    """

    VERSION = "version"

    def __init__(self, *args: Any, stored: Mapping[str, object], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored = dict(stored)
        self.stored_version = version_of(stored)
        self.fields[self.VERSION] = forms.CharField(
            required=False, widget=forms.HiddenInput, initial=self.stored_version
        )

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or {}
        sent = cleaned.get(self.VERSION)
        if sent and sent != self.stored_version:
            self._show_newer_version()
        return cleaned

    def _show_newer_version(self) -> None:
        changed = [
            _("%(field)s: %(text)s") % {"field": self.fields[name].label, "text": value}
            for name, value in self.stored.items()
            if name in self.fields and value and value != self.cleaned_data.get(name)
        ]
        text = _(
            "Somebody else has saved a newer version since you opened this page. What you typed is still here, and not "
            "saved. If you save again, yours replaces the newer one."
        )
        self.add_error(None, [text, *([_("The newer version:"), *changed] if changed else [])])
        # The next save is made knowingly.
        self.data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        self.data[self.add_prefix(self.VERSION)] = self.stored_version  # type: ignore[index]
