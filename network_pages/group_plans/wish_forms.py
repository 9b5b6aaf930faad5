"""Wishes about pairs of people, as rows of the form of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TOGETHER, APART = "together", "apart"
MAX_WISHES = 100


class WishForm(forms.Form):
    """Two people who must, or must not, be in one group."""

    one = forms.TypedChoiceField(label=gettext_lazy("Person"), coerce=int, required=False, empty_value=None)
    kind = forms.ChoiceField(
        label=gettext_lazy("Wish"),
        required=False,
        choices=[
            (APART, gettext_lazy("must not be with")),
            (TOGETHER, gettext_lazy("must be with")),
        ],
    )
    other = forms.TypedChoiceField(label=gettext_lazy("Other person"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("one", "other"):
            field: Any = self.fields[name]
            field.choices = [("", "–"), *people]

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, Any] = super().clean() or {}
        one, other = cleaned.get("one"), cleaned.get("other")
        if bool(one) != bool(other):
            self.add_error("other" if one else "one", _("Choose two people, or neither."))
        elif one and one == other:
            self.add_error("other", _("Choose two different people."))
        return cleaned


class BaseWishFormSet(forms.BaseFormSet):
    """The wishes about pairs of people."""

    def pairs(self, kind: str) -> tuple[tuple[int, ...], ...]:
        """Return the pairs of one kind, each once."""
        rows = [form.cleaned_data for form in self.forms if getattr(form, "cleaned_data", {}).get("one")]
        return tuple(dict.fromkeys(tuple(sorted((row["one"], row["other"]))) for row in rows if row["kind"] == kind))


WishFormSet = forms.formset_factory(
    WishForm, formset=BaseWishFormSet, extra=3, max_num=MAX_WISHES, absolute_max=MAX_WISHES
)
