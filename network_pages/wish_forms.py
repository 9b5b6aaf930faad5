"""Wishes about two people or two organisations, as rows of the form of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TOGETHER, APART = "together", "apart"
MAX_WISHES = 100


class WishForm(forms.Form):
    """Two people who must, or must not, be in one group. Keys are text."""

    one = forms.ChoiceField(label=gettext_lazy("Person"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Wish"),
        required=False,
        choices=[
            (APART, gettext_lazy("must not be with")),
            (TOGETHER, gettext_lazy("must be with")),
        ],
    )
    other = forms.ChoiceField(label=gettext_lazy("Other person"), required=False)
    too_few, same = gettext_lazy("Choose two people, or neither."), gettext_lazy("Choose two different people.")

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("one", "other"):
            field: Any = self.fields[name]
            field.choices = [("", "–"), *choices]

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, Any] = super().clean() or {}
        one, other = cleaned.get("one"), cleaned.get("other")
        if bool(one) != bool(other):
            self.add_error("other" if one else "one", str(self.too_few))
        elif one and one == other:
            self.add_error("other", str(self.same))
        return cleaned


class OrganisationWishForm(WishForm):
    """Two organisations that must, or must not, be in one pair."""

    too_few = gettext_lazy("Choose two organisations, or neither.")
    same = gettext_lazy("Choose two different organisations.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["one"].label, self.fields["other"].label = _("Organisation"), _("Other organisation")


class BaseWishFormSet(forms.BaseFormSet):
    """The wishes about two people or organisations."""

    def pairs(self, kind: str) -> tuple[tuple[str, ...], ...]:
        """Return the pairs of one kind, each once."""
        rows = [form.cleaned_data for form in self.forms if getattr(form, "cleaned_data", {}).get("one")]
        return tuple(dict.fromkeys(tuple(sorted((row["one"], row["other"]))) for row in rows if row["kind"] == kind))


def wish_rows(together: Sequence[Sequence[object]], apart: Sequence[Sequence[object]]) -> list[dict[str, object]]:
    """Return stored wishes as the initial data of the rows."""
    kinds = ((TOGETHER, together), (APART, apart))
    return [{"one": one, "kind": kind, "other": other} for kind, pairs in kinds for one, other in pairs]


LIMITS: dict[str, Any] = {"formset": BaseWishFormSet, "extra": 3, "max_num": MAX_WISHES, "absolute_max": MAX_WISHES}
WishFormSet = forms.formset_factory(WishForm, **LIMITS)
OrganisationWishFormSet = forms.formset_factory(OrganisationWishForm, **LIMITS)
