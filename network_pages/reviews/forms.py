"""The forms of a review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network_pages.models.review import HIGHEST, LOWEST, Review, RoundReview
from network_pages.reviews.reviews import possible_reviewers
from verkosto.core.form_fields import LinesField
from verkosto.core.text import clean_name

MAX_CRITERIA, CRITERION_LENGTH = 12, 200
SCORES = [(score, str(score)) for score in range(LOWEST, HIGHEST + 1)]


class SetUpForm(forms.Form):
    """By which criteria applications are scored, and by whom."""

    criteria = LinesField(
        label=gettext_lazy("Criteria"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("One per line. They cannot be changed once an application has been scored."),
    )
    reviewers = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Reviewers"),
        queryset=get_user_model()._default_manager.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "People who can sign in here. They see the applications to this round and their answers, without sensitive "
            "ones, and no other registrations."
        ),
    )

    def __init__(self, *args: Any, review: RoundReview | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reviewers: Any = self.fields["reviewers"]
        reviewers.queryset = possible_reviewers().order_by("last_name", "first_name", "username")
        reviewers.label_from_instance = lambda user: user.get_full_name() or user.get_username()
        if review is not None:
            self.fields["criteria"].initial = "\n".join(review.criteria)
            reviewers.initial = [user.pk for user in review.reviewers.all()]
            if review.reviews.filter(has_conflict=False).exists():
                self.fields["criteria"].disabled = True

    def clean_criteria(self) -> list[str]:
        lines = [clean_name(line) for line in self.cleaned_data["criteria"].splitlines()]
        criteria = [*dict.fromkeys(filter(None, lines))]
        if len(criteria) > MAX_CRITERIA:
            raise forms.ValidationError(_("At most %(n)s criteria."), params={"n": MAX_CRITERIA})
        if any(len(each) > CRITERION_LENGTH for each in criteria):
            raise forms.ValidationError(_("A criterion has at most %(n)s characters."), params={"n": CRITERION_LENGTH})
        return criteria


class ScoreForm(forms.Form):
    """Scores from 1 to 5 by criterion, and a comment."""

    comment = LinesField(
        label=gettext_lazy("Comment"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The applicant can ask to see it, without your name."),
    )

    def __init__(self, *args: Any, criteria: Sequence[str], known: Review | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = known.scores if known else []
        fields = {
            f"score_{number}": forms.TypedChoiceField(
                label=criterion,
                coerce=int,
                choices=SCORES,
                widget=forms.RadioSelect,
                initial=given[number] if number < len(given) else None,
            )
            for number, criterion in enumerate(criteria)
        }
        self.fields.update(fields)
        self.order_fields([*fields])
        self.names = [*fields]
        if known:
            self.fields["comment"].initial = known.comment

    @property
    def scores(self) -> list[int]:
        """The scores in the order of the criteria."""
        return [self.cleaned_data[name] for name in self.names]
