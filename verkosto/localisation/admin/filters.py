"""The dashboard's filters: rows are originals, most filters ask about their versions."""

from __future__ import annotations

import django_filters
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.models import Locale, Page

from verkosto.core.content_cache import cached
from verkosto.localisation.models import TranslationState, TranslationStateQuerySet
from verkosto.localisation.permissions.access import locale_ids_for, states_for

State = TranslationState.State
UNREAD = "machine"
STATES = [
    *((state.value, state.label) for state in State if state is not State.ORIGINAL),
    (UNREAD, _("Translations to review")),
]
ASSIGNED = [("mine", _("Me")), ("nobody", _("Unassigned"))]


def own_locales(request: HttpRequest) -> QuerySet[Locale]:
    return Locale.objects.filter(pk__in=locale_ids_for(request.user)) if request else Locale.objects.none()


def types(request: HttpRequest) -> QuerySet[ContentType]:
    if not request:
        return ContentType.objects.none()
    return ContentType.objects.filter(pk__in=states_for(request.user).values("content_type")).order_by("model")


def sections(request: HttpRequest) -> QuerySet[Page]:
    """Return the pages near the root that have subpages (networks, seasons, lists), where the user may change a version."""
    if not request:
        return Page.objects.none()
    sections = Page.objects.filter(pk__in=cached(_sections, "translation-sections"))
    return sections.filter(translation_key__in=states_for(request.user).values("translation_key")).order_by("path")


def _sections() -> list[int]:
    """Return the keys of the pages near the root with subpages. Kept until the content changes: no index finds them."""
    pages = Page.objects.filter(depth__range=(2, 4), numchild__gt=0, alias_of__isnull=True)
    return list(pages.values_list("pk", flat=True))


class TypeFilter(django_filters.ModelChoiceFilter):
    """Types by their own names, without those of their apps."""

    class field_class(django_filters.fields.ModelChoiceField):
        def label_from_instance(self, obj: ContentType) -> str:
            return capfirst(obj.name)


class DashboardFilterSet(WagtailFilterSet):
    locale = django_filters.ModelChoiceFilter(
        label=_("Language"), queryset=own_locales, method="keep", empty_label=_("All"), widget=forms.RadioSelect
    )
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=STATES, method="keep", widget=forms.CheckboxSelectMultiple
    )
    assigned = django_filters.ChoiceFilter(
        label=_("Assigned to"), choices=ASSIGNED, method="keep", empty_label=_("Everyone"), widget=forms.RadioSelect
    )
    content_type = TypeFilter(label=_("Type"), queryset=types, empty_label=_("All"))
    below = django_filters.ModelChoiceFilter(
        label=_("Network or part of the site"), queryset=sections, method="filter_below", empty_label=_("All")
    )
    deadline = django_filters.DateFromToRangeFilter(
        label=_("Deadline"), method="filter_deadline", widget=DateRangePickerWidget
    )
    happens_at = django_filters.DateFromToRangeFilter(label=_("Event date"), widget=DateRangePickerWidget)

    class Meta:
        model = TranslationState
        fields: list[str] = []

    def keep(self, queryset: TranslationStateQuerySet, name: str, value: object) -> TranslationStateQuerySet:
        """Language, state, translator and deadline must hold of the same version: see `filter_queryset`."""
        return queryset

    def filter_below(self, queryset: TranslationStateQuerySet, name: str, page: Page) -> TranslationStateQuerySet:
        return queryset.below(page)

    def filter_deadline(self, queryset: TranslationStateQuerySet, name: str, value: slice) -> TranslationStateQuerySet:
        return queryset

    def filter_queryset(self, queryset: TranslationStateQuerySet) -> TranslationStateQuerySet:
        queryset = super().filter_queryset(queryset)
        cleaned = self.form.cleaned_data
        version = states_for(self.request.user).filter(translation_key=OuterRef("translation_key"))
        version = version.exclude(state=State.ORIGINAL)
        asked = version
        if cleaned.get("locale"):
            asked = asked.filter(locale=cleaned["locale"])
        if cleaned.get("state"):
            unread = Q(machine_unreviewed__gt=0) if UNREAD in cleaned["state"] else Q()
            asked = asked.filter(Q(state__in=cleaned["state"]) | unread)
        if cleaned.get("assigned") == "mine":
            asked = asked.filter(assigned_to=self.request.user)
        elif cleaned.get("assigned") == "nobody":
            asked = asked.filter(assigned_to=None)
        days = cleaned.get("deadline")
        if days and days.start:
            asked = asked.filter(deadline__gte=days.start)
        if days and days.stop:
            asked = asked.filter(deadline__lte=days.stop)
        return queryset if asked is version else queryset.filter(Exists(asked))
