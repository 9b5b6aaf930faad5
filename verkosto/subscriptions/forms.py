"""The forms of followers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import get_content_languages

from verkosto.core.forms import ErrorSummaryMixin
from verkosto.registrations.forms.link_request import LinkRequestForm
from verkosto.subscriptions.enums import Frequency


class FrequencyForm(ErrorSummaryMixin, forms.Form):
    """How often somebody is notified of what they follow."""

    use_required_attribute = False
    frequency = forms.ChoiceField(
        label=_("How often"),
        choices=Frequency.choices,
        initial=Frequency.WEEKLY,
        widget=forms.Select(attrs={"class": "ds-input ds-select"}),
    )


class FollowForm(FrequencyForm, LinkRequestForm):
    """An address, and how often it is notified."""

    field_order = ("email", "frequency")


class FollowerForm(FrequencyForm):
    """How often and in which language somebody gets emails."""

    language = forms.ChoiceField(
        label=_("Language of emails"), widget=forms.Select(attrs={"class": "ds-input ds-select"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [*get_content_languages().items()]  # type: ignore[attr-defined]  # a ChoiceField
