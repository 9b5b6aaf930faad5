"""The translators' dashboard: a table of originals and languages, the earliest deadline first."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column, Table, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.models import Locale

from verkosto.core.text import clean_line
from verkosto.localisation.admin.filters import DashboardFilterSet
from verkosto.localisation.models import TranslationState, TranslationStateQuerySet
from verkosto.localisation.permissions.access import locale_ids_for, may_submit, states_for
from verkosto.localisation.workflow.admin_urls import edit_url, submit_url
from verkosto.localisation.workflow.string_comments import open_questions_for


class LocaleCell(Column):
    """The state of one language, with a link to its editor."""

    cell_template_name = "verkosto_localisation/dashboard/cell.html"

    def __init__(self, locale: Locale, **kwargs: Any) -> None:
        super().__init__(f"locale_{locale.pk}", label=capfirst(locale.get_display_name()), **kwargs)
        self.locale = locale

    def get_value(self, instance: TranslationState) -> TranslationState | None:
        return instance.cells.get(self.locale.pk)  # type: ignore[attr-defined]  # set by with_cells


class CountedPaginator(WagtailPaginator):
    """Says "63 in all": Wagtail's number with a plural noun is wrong in languages that inflect the noun."""

    @property
    def items_count_label(self) -> str:
        return gettext("%(count)s in total") % {"count": self.count}


def type_of(state: TranslationState) -> ContentType:
    return ContentType.objects.get_for_id(state.content_type_id)


class NeededByCell(Column):
    cell_template_name = "verkosto_localisation/dashboard/needed_by.html"


class DashboardView(BaseListingView):
    model = TranslationState
    page_title = _("Translations")
    header_icon = "wagtail-localize-language"
    index_url_name = "verkosto_localisation:dashboard"
    index_results_url_name = "verkosto_localisation:dashboard_results"
    filterset_class = DashboardFilterSet
    verbose_name_plural = _("pages")
    is_searchable = True
    paginator_class = CountedPaginator
    paginate_by = 50

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.own_locale_ids:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def own_locale_ids(self) -> set[int]:
        return locale_ids_for(self.request.user)

    @cached_property
    def breadcrumbs_items(self) -> list[dict[str, object]]:
        return [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]

    @cached_property
    def locales(self) -> list[Locale]:
        return [locale for locale in Locale.objects.order_by("pk") if locale.pk in self.own_locale_ids]

    def get_base_queryset(self) -> QuerySet[TranslationState]:
        submitted = TranslationState.objects.filter(
            translation_key=OuterRef("translation_key"), translation_pk__isnull=False
        )
        originals = TranslationState.objects.originals()
        if not self.request.user.is_superuser:  # who sees all
            originals = originals.filter(translation_key__in=states_for(self.request.user).values("translation_key"))
        return originals.filter(Q(original_live=True) | Exists(submitted))

    def search_queryset(self, queryset: QuerySet[TranslationState]) -> QuerySet[TranslationState]:
        """By the title in any language: a translator knows a page by the name it has in theirs."""
        if not self.is_searching:
            return queryset
        text = clean_line(self.search_query)
        called = states_for(self.request.user).filter(title__icontains=text).values("translation_key")
        return queryset.filter(Q(translation_key__in=called) | Q(title__icontains=text))

    def order_queryset(self, queryset: TranslationStateQuerySet) -> QuerySet[TranslationState]:
        return queryset.originals_by_deadline(states_for(self.request.user))

    def paginate_queryset(
        self, queryset: QuerySet[TranslationState], page_size: int
    ) -> tuple[Paginator, Page, list[TranslationState], bool]:
        """Read the originals of one page of the list, in two queries.

        The database sorts the keys alone: that takes half the time of sorting all columns.
        """
        paginator, page, _rows, has_others = super().paginate_queryset(queryset, page_size)
        due = dict(page.object_list.values_list("pk", "due_at"))
        stored = TranslationState.objects.in_bulk(due)
        page.object_list = [stored[pk] for pk in due if pk in stored]
        for row in page.object_list:
            row.due_at = due[row.pk]
        return paginator, page, page.object_list, has_others

    def with_cells(self, rows: list[TranslationState]) -> list[TranslationState]:
        """Return the originals, each with its versions. One query for all versions."""
        cells: dict[Any, dict[int, TranslationState]] = defaultdict(dict)
        states = states_for(self.request.user).filter(translation_key__in=[row.translation_key for row in rows])
        states = states.select_related("assigned_to")
        for state in states:
            cells[state.translation_key][state.locale_id] = state
        codes = {locale.pk: locale.language_code for locale in self.locales}
        submit = may_submit(self.request.user)
        for row in rows:
            versions = cells[row.translation_key]
            url = edit_url(row) if row.locale_id in versions else None
            row.cells, row.edit_url = versions, url  # type: ignore[attr-defined]  # for the template
            for locale_id, state in versions.items():
                is_shown = locale_id in codes  # a language without pages of the user's has no column
                to_submit = state.state == TranslationState.State.MISSING and submit and url and is_shown
                state.edit_url = submit_url(row, codes[locale_id]) if to_submit else edit_url(state)  # type: ignore[attr-defined]  # likewise
                state.assignment_url = reverse("verkosto_localisation:assignment", args=[state.pk])  # type: ignore[attr-defined]  # likewise
        return rows

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("title", label=_("Original"), get_url=lambda row: row.edit_url),
            # Not `row.content_type`: Django keeps the types in memory.
            Column("content_type", label=_("Type"), accessor=lambda row: capfirst(type_of(row).name)),
            NeededByCell("due_at", label=_("Needed by")),
            *(LocaleCell(locale) for locale in self.locales),
        ]

    def get_table(self, object_list: list[TranslationState]) -> Table:
        return super().get_table(self.with_cells(object_list))

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        questions = open_questions_for(self.request.user).count()
        asked = gettext("Open questions (%(count)s)") % {"count": questions}
        return [
            HeaderButton(_("Export and import"), reverse("verkosto_localisation:exchange"), icon_name="download"),
            HeaderButton(asked, reverse("verkosto_localisation:questions"), icon_name="comment"),
        ]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        work = Button(_("Work by month"), url=reverse("verkosto_localisation:work"), icon_name="list-ul", priority=20)
        return [*super().header_more_buttons, work]
