from typing import Any

from django.db.models import QuerySet
from django.forms import BoundField
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, BulkActionsCheckboxColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button, HeaderButton

from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.columns import AnswerColumn, DetailTitleColumn
from verkosto.registrations.admin.filters import RegistrationFilterSet, readable_questions
from verkosto.registrations.admin.pagination import CountedPaginator
from verkosto.registrations.admin.permissions import DeskPermission, policy
from verkosto.registrations.admin.registration_columns import DEFAULT_COLUMNS, registration_columns
from verkosto.registrations.admin.views.base import DeskViewMixin
from verkosto.registrations.domain.chosen_meeting import meeting_options
from verkosto.registrations.models import ListPreference, Question, Registration
from verkosto.registrations.models.querysets import RegistrationQuerySet


class RegistrationIndexView(DeskViewMixin, generic.IndexView):
    """A desk's registrations, of all languages in one list."""

    model = Registration
    permission_policy = policy
    any_permission_required = [DeskPermission.SEE]
    tab = "list"
    header_icon = "clipboard-list"
    template_name = "verkosto_registrations/admin/registrations.html"
    results_template_name = "verkosto_registrations/admin/registrations_results.html"
    filterset_class = RegistrationFilterSet
    is_searchable = True
    paginator_class = CountedPaginator
    paginate_by = 50
    verbose_name_plural = _("registrations")
    locale = None

    @cached_property
    def list_preference(self) -> ListPreference:
        """The columns and the order that the user last chose for this list; the defaults when they chose none."""
        key: Any = {"user_id": self.request.user.pk, "desk": self.desk}
        defaults = {"columns": DEFAULT_COLUMNS, "ordering": "-created_at"}
        return ListPreference.objects.filter(**key).first() or ListPreference(**key, **defaults)

    @cached_property
    def default_ordering(self) -> str:
        return self.list_preference.ordering or "-created_at"

    def save_list_preference(self) -> None:
        """Save the columns and the order of this visit for the next one."""
        columns = self.filters.columns if self.filters.is_valid() else self.list_preference.columns
        if (columns, self.ordering) != (self.list_preference.columns, self.list_preference.ordering):
            chosen = {"columns": columns, "ordering": self.ordering}
            key: Any = {"user_id": self.request.user.pk, "desk": self.desk}
            ListPreference.objects.update_or_create(**key, defaults=chosen)

    @cached_property
    def questions(self) -> list[Question]:
        return readable_questions(self.desk, sensitive=self.has_permission(DeskPermission.READ_SENSITIVE))

    @cached_property
    def columns(self) -> list[BaseColumn]:
        shown = self.filters.columns
        columns: list[BaseColumn] = [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="registration"),
            DetailTitleColumn(
                "name",
                accessor=str,
                label=_("Name"),
                sort_key="name",
                get_url=lambda row: self.desk_url("registration", row.pk),
                get_title_id=lambda row: f"registration_{row.pk}_title",
                narrow_detail=(lambda row: row.email) if shown == DEFAULT_COLUMNS else None,
            ),
        ]
        for name in shown:
            columns.append(self.fixed_columns.get(name) or self.question_columns[name])
        return columns

    @cached_property
    def fixed_columns(self) -> dict[str, BaseColumn]:
        """The columns that every desk has. Narrow screens show all that the user has chosen, or the status alone."""
        are_defaults = self.filters.columns == DEFAULT_COLUMNS
        return {
            name: column.build(is_hidden_when_narrow=are_defaults and name != "status")
            for name, column in registration_columns().items()
        }

    @cached_property
    def question_columns(self) -> dict[str, BaseColumn]:
        return {f"q_{question.key}": AnswerColumn(question) for question in self.questions}

    def get_base_queryset(self) -> QuerySet[Registration]:
        rows = Registration.objects.filter(desk=self.desk, purged_at__isnull=True).select_related("desk")
        return rows.select_related("sensitive") if self.has_permission(DeskPermission.READ_SENSITIVE) else rows

    def get_filterset_kwargs(self) -> dict[str, object]:
        data = self.request.GET.copy()
        if "columns" not in data:
            can_see = {*registration_columns(), *self.question_columns}
            data.setlist("columns", [name for name in self.list_preference.columns if name in can_see])
        meetings = meeting_options(self.desk)
        return {**super().get_filterset_kwargs(), "data": data, "questions": self.questions, "meetings": meetings}

    def search_queryset(self, queryset: RegistrationQuerySet) -> QuerySet[Registration]:
        return queryset.matching(self.search_query) if self.is_searching else queryset

    @cached_property
    def is_filtering(self) -> bool:
        return bool(self.filters.is_valid() and set(self.filters.form.changed_data) - {"columns"})

    @cached_property
    def active_filters(self) -> list[BoundField]:
        return [shown for shown in super().active_filters if shown.auto_id != self.filters.form["columns"].auto_id]

    def get_index_url(self) -> str:
        return self.desk_url("registrations")

    def get_index_results_url(self) -> str:
        return self.desk_url("registrations_results")

    def get_page_title(self) -> str:
        return self.desk.title

    def get_page_subtitle(self) -> str:
        return ""

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        items = self.desk_breadcrumbs()
        return [*items[:-1], {"url": "", "label": self.desk.title}]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not self.has_permission(DeskPermission.CHANGE):
            return []
        return [HeaderButton(_("Add a registration"), url=self.desk_url("add"), icon_name="plus")]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Actions on the rows that the filters and the search let through."""
        query = self.request.GET.copy()
        for name in ("p", "ordering", "columns", "_w_filter_fragment"):
            query.pop(name, None)
        chosen = f"?{query.urlencode()}" if query else ""
        buttons = []
        if self.has_permission(DeskPermission.CHANGE):
            label = _("Email these people")
            buttons.append(Button(label, url=self.desk_url("mailing_new") + chosen, icon_name="mail", priority=10))
        if self.has_permission(DeskPermission.EXPORT):
            label = _("Export these registrations")
            buttons.append(Button(label, url=self.desk_url("export") + chosen, icon_name="download", priority=20))
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        context = super().get_context_data(**kwargs)
        context["page_address"] = self.desk.url()
        context["can_change"] = self.has_permission(DeskPermission.CHANGE)
        # A search term may be a name, so only the number of rows is logged.
        log("registrations.list", self.desk, self.request.user, rows=context["items_count"])
        self.save_list_preference()
        context["moved_away"] = Registration.objects.departed_from(self.desk).count()
        return context

    def get_edit_url(self, instance: Registration) -> str:
        return reverse("verkosto_registrations_admin:registration", args=[self.desk.pk, instance.pk])


class RegistrationResultsView(RegistrationIndexView):
    results_only = True
