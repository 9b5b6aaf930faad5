"""The forms of a plan of learning pairs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network_pages.desk_questions import questions_of
from network_pages.group_plans.texts import listed
from network_pages.models.pair_plan import key_of_name
from network_pages.pair_plans.applications import applications_to, first_number, name_of
from network_pages.pair_plans.board import impossible
from network_pages.pair_plans.overview import PairCard
from network_pages.pair_plans.plans import EnteredOrganisation, Wanted
from network_pages.pair_settings import PairSettings
from network_pages.wish_forms import APART, TOGETHER, OrganisationWishFormSet, wish_rows
from verkosto.core.form_fields import LinesField
from verkosto.core.text import clean_name

MAX_ORGANISATIONS = 200
NAME_LENGTH, THEMES_LENGTH, THEME_LENGTH = 200, 500, 250


def entered_organisations(text: str) -> list[EnteredOrganisation]:
    """Return the organisations of a text, one a line: name; themes; size. One that occurs twice counts once."""
    found: dict[str, EnteredOrganisation] = {}
    for line in text.splitlines():
        name, themes, size = ([clean_name(part) for part in line.split(";")] + ["", "", ""])[:3]
        name = name[:NAME_LENGTH].strip()
        if name:
            found.setdefault(
                name.casefold(),
                EnteredOrganisation(name=name, themes=themes[:THEMES_LENGTH], size=first_number(size)),
            )
    return list(found.values())


def as_text(entered: Sequence[EnteredOrganisation]) -> str:
    """Return organisations as the text that ``entered_organisations`` reads."""
    return "\n".join(f"{each.name}; {each.themes}; {each.size or ''}".rstrip("; ") for each in entered)


class PairPlanForm(forms.Form):
    """Which organisations are paired, which questions say what they look for, and what the editor wishes."""

    applications = forms.MultipleChoiceField(
        label=gettext_lazy("Accepted applications"), required=False, widget=forms.CheckboxSelectMultiple
    )
    entered = LinesField(
        label=gettext_lazy("Other organisations"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "One organisation per line: name; themes separated by commas; size. The name alone is enough."
        ),
    )
    themes = forms.ChoiceField(label=gettext_lazy("Question about themes"), required=False)
    sizes = forms.ChoiceField(
        label=gettext_lazy("Question about size"),
        required=False,
        help_text=gettext_lazy("A small organisation and one at least twice as large complement each other."),
    )
    wishes = forms.ChoiceField(
        label=gettext_lazy("Question about wished partners"),
        required=False,
        help_text=gettext_lazy("An answer counts when it names another organisation."),
    )
    threes = forms.IntegerField(
        label=gettext_lazy("Number of groups of three"),
        required=False,
        min_value=0,
        max_value=MAX_ORGANISATIONS // 3,
        help_text=gettext_lazy("With an odd number of organisations there is one in any case."),
    )

    def __init__(self, *args: Any, key: UUID, known: PairSettings, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = applications_to(key)
        chosen: Any = self.fields["applications"]
        chosen.choices = [(str(row.pk), name_of(row)) for row in self.offered]
        if not self.offered:
            del self.fields["applications"]
        questions = [("", _("None")), *((question.key, question.label()) for question in questions_of(key))]
        for name in ("themes", "sizes", "wishes"):
            field: Any = self.fields[name]
            field.choices, field.initial = questions, getattr(known, name)
        self.fields["threes"].initial = known.threes or None
        self.wish_forms: Any = OrganisationWishFormSet(
            self.data if self.is_bound else None,
            prefix="wishes",
            form_kwargs={"choices": self._choices_for_wishes()},
            initial=wish_rows(known.together, known.apart),
        )

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.wish_forms.is_valid():
            self.add_error(None, _("Check the wishes about organisations."))
        if self.errors:
            return cleaned
        self.wanted = self._wanted(cleaned)
        number = len(self.wanted.applications) + len(self.wanted.entered)
        if number < 2:
            self.add_error(None, _("Choose or enter at least two organisations."))
        elif number > MAX_ORGANISATIONS:
            self.add_error(None, _("At most %(n)s organisations at a time.") % {"n": MAX_ORGANISATIONS})
        applied = {name_of(row).casefold() for row in self.wanted.applications}
        twice = [each.name for each in self.wanted.entered if each.name.casefold() in applied]
        if twice:
            text = _("These organisations have applied. Remove them here: %(names)s.")
            self.add_error("entered", text % {"names": listed(twice)})
        for text in self._conflicts(self.wanted.settings):
            self.add_error(None, text)
        return cleaned

    def _wanted(self, cleaned: dict[str, Any]) -> Wanted:
        chosen = {*map(int, cleaned.get("applications", ()))}
        return Wanted(
            settings=PairSettings(
                **{name: cleaned[name] for name in ("themes", "sizes", "wishes")},
                threes=cleaned["threes"] or 0,
                together=self.wish_forms.pairs(TOGETHER),
                apart=self.wish_forms.pairs(APART),
            ),
            applications=[row for row in self.offered if row.pk in chosen],
            entered=entered_organisations(cleaned["entered"]),
        )

    def _conflicts(self, asked: PairSettings) -> list[str]:
        """Return which wishes no pairs can keep."""
        names = dict(self._choices_for_wishes())
        too_large, both = impossible(asked.together, asked.apart)
        large = _("More than three organisations must be together: %(names)s. Remove a wish.")
        against = _(
            "These organisations must be together and must not be together: %(names)s. Remove one of the wishes."
        )
        return [
            text % {"names": listed(sorted(names[key] for key in keys))}
            for text, found in ((large, too_large), (against, both))
            for keys in found
        ]

    def _choices_for_wishes(self) -> list[tuple[str, str]]:
        """The organisations that are offered, and those that are entered in the form as it is now."""
        text = self.data.get("entered", "") if self.is_bound else self.initial.get("entered", "")
        choices = [(str(row.pk), name_of(row)) for row in self.offered]
        choices += [(key_of_name(each.name), each.name) for each in entered_organisations(str(text))]
        return sorted(choices, key=lambda choice: choice[1].casefold())


class SavePairsForm(forms.Form):
    """The theme of each pair as the page shows it, and whether the organisations are notified."""

    notify = forms.BooleanField(label=gettext_lazy("Email the contacts of the organisations"), required=False)

    def __init__(self, *args: Any, cards: Sequence[PairCard], themes: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cards = cards
        fields = {
            f"theme_{card.number}": forms.CharField(
                label=_("Theme of %(names)s") % {"names": card.names},
                max_length=THEME_LENGTH,
                initial=themes.get(card.number, ""),
            )
            for card in cards
        }
        self.fields.update(fields)
        self.order_fields([*fields])

    @property
    def themes(self) -> dict[int, str]:
        """The themes by the number of the pair."""
        return {card.number: clean_name(self.cleaned_data[f"theme_{card.number}"]) for card in self.cards}
