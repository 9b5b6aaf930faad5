"""Forms that notice that somebody else has saved a newer version since they were opened, as the page editor does.

Nothing that was typed is lost: the form is shown again with it, says what is saved now, and replaces that only if it is
sent once more. See ``overwrite_warnings.py`` for pages.
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

    ``stored`` are the values that are saved now, by field; {} for none; None if the form calls ``check_version`` itself.
    A form that is sent without a version is not checked: it was not opened in a browser.
    """

    VERSION = "version"

    def __init__(self, *args: Any, stored: Mapping[str, object] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if stored is not None:
            self.check_version(stored)

    def check_version(self, stored: Mapping[str, object]) -> None:
        """Add the hidden field that names the version of the values that are saved now."""
        self.stored_values = dict(stored)
        self.stored_version = version_of(stored)
        self.fields[self.VERSION] = forms.CharField(
            required=False, widget=forms.HiddenInput, initial=self.stored_version
        )

    def differs(self, name: str, value: object) -> bool:
        """Return whether something else than what is saved was entered in a field."""
        return bool(value != self.cleaned_data.get(name))

    def stored_text(self, name: str, value: object) -> str:
        """Return what is saved in a field, as it is shown next to what was typed."""
        return str(value)

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or {}
        sent = cleaned.get(self.VERSION)
        if self.VERSION in self.fields and sent and sent != self.stored_version:
            self._show_newer_version()
        return cleaned

    def _show_newer_version(self) -> None:
        changed = [
            _("%(field)s: %(text)s") % {"field": self.fields[name].label, "text": self.stored_text(name, value)}
            for name, value in self.stored_values.items()
            if name in self.fields and value and self.differs(name, value)
        ]
        text = _(
            "Somebody else has saved a newer version since you opened this page. What you typed is still here, and not "
            "saved. If you save again, yours replaces the newer one."
        )
        self.add_error(None, [text, *([_("The newer version:"), *changed] if changed else [])])
        # The next save is made knowingly.
        self.data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        self.data[self.add_prefix(self.VERSION)] = self.stored_version  # type: ignore[index]  # a form's
