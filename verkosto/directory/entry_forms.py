"""The short forms by which editors create an entry in a chooser, without leaving the page that they edit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log
from wagtail.models import Locale
from wagtail.permissions import policy_registry

from verkosto.core.form_fields import LineField
from verkosto.core.users import AnyUser
from verkosto.directory.duplicates import describe, namesakes_of
from verkosto.directory.models import Organisation, Person, Venue


class SuggestionsInput(forms.TextInput):
    """A line of text with suggestions (HTML §4.10.8, ``datalist``)."""

    template_name = "verkosto_directory/widgets/suggestions.html"
    suggestions: QuerySet | None = None

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, object]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        options_id = f"{context['widget']['attrs'].get('id', name)}-suggestions"
        context["widget"]["attrs"]["list"] = options_id
        return {**context, "options_id": options_id, "suggestions": self.suggestions or []}


class NewEntryForm(forms.ModelForm):
    """A form that creates an entry. It asks again before it creates one whose name another entry has."""

    #: The page under the dialog has fields of the same names, to which the labels would belong.
    prefix = "new_entry"

    is_another = forms.BooleanField(
        label=gettext_lazy("Create it although the name is in the directory already"), required=False
    )
    locale = forms.ModelChoiceField(Locale.objects.all(), label=gettext_lazy("Language"), empty_label=None)

    instance: Organisation | Person | Venue

    def __init__(self, *args: Any, user: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["is_another"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, object]:
        super().clean()
        cleaned = self.cleaned_data
        name, locale = cleaned.get("name"), cleaned.get("locale")
        others = list(namesakes_of(self._meta.model, name, locale.pk)[:5]) if name and locale else []
        if others:
            self.fields["is_another"].widget = forms.CheckboxInput()
            if not cleaned.get("is_another"):
                text = _(
                    "The directory has this name already: %(entries)s. Choose it on the first tab if it is the same."
                )
                self.add_error("name", text % {"entries": "; ".join(map(describe, others))})
        return cleaned

    def save(self, commit: bool = True) -> Organisation | Person | Venue:
        """Create the entry, and log it as Wagtail does for the directory's own form."""
        self.instance.locale = self.cleaned_data["locale"]
        with transaction.atomic():
            entry: Organisation | Person | Venue = super().save(commit)
            log(instance=entry, action="wagtail.create", user=self.user)
        return entry


class NewPersonForm(NewEntryForm):
    organisation_name = LineField(
        label=gettext_lazy("Organisation"),
        required=False,
        max_length=200,
        widget=SuggestionsInput,
        help_text=gettext_lazy(
            "Choose a suggestion, or write the name of an organisation that is not in the directory."
        ),
    )

    field_order = ("name", "title", "organisation_name", "email", "locale", "is_another")

    class Meta:
        model = Person
        fields = ("name", "title", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        suggestions = Organisation.objects.filter(locale=self.initial.get("locale")).values_list("name", flat=True)
        self.fields["organisation_name"].widget.suggestions = suggestions.distinct()

    def clean(self) -> dict[str, object]:
        super().clean()
        cleaned = self.cleaned_data
        name, locale = cleaned.get("organisation_name"), cleaned.get("locale")
        if name and locale:
            self.instance.organisation = namesakes_of(Organisation, name, locale.pk).first()
            may_add = policy_registry.get_by_type(Organisation).user_has_permission(self.user, "add")
            if self.instance.organisation is None and not may_add:
                self.add_error("organisation_name", _("Choose an organisation that is in the directory."))
        return cleaned

    def save(self, commit: bool = True) -> Organisation | Person | Venue:
        name = self.cleaned_data["organisation_name"]
        with transaction.atomic():
            if name and self.instance.organisation is None:
                organisation = Organisation.objects.create(name=name, locale=self.cleaned_data["locale"])
                log(instance=organisation, action="wagtail.create", user=self.user)
                self.instance.organisation = organisation
            return super().save(commit)


class NewOrganisationForm(NewEntryForm):
    field_order = ("name", "abbreviation", "website", "locale", "is_another")

    class Meta:
        model = Organisation
        fields = ("name", "abbreviation", "website")


class NewVenueForm(NewEntryForm):
    field_order = ("name", "street_address", "postal_code", "city", "locale", "is_another")

    class Meta:
        model = Venue
        fields = ("name", "street_address", "postal_code", "city")
