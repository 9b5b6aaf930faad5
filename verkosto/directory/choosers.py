"""The choosers of directory entries: they tell entries of the same name apart, and create an entry in place."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.db.models import Field, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.models import Locale, Page
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetCreateView,
)

from verkosto.directory.duplicates import DISTINGUISHING_FIELDS, Entry
from verkosto.directory.entry_forms import NewEntryForm, NewOrganisationForm, NewPersonForm, NewVenueForm

CREATION_FORMS: dict[str, type[NewEntryForm]] = {
    "person": NewPersonForm,
    "organisation": NewOrganisationForm,
    "venue": NewVenueForm,
}


class DistinguishingColumnsMixin:
    """A view of a chooser with the fields that distinguish entries of the same name."""

    model: type[Entry]

    @property
    def columns(self) -> list[Column]:
        fields = [self.model._meta.get_field(name) for name in DISTINGUISHING_FIELDS.get(self.model, ())]
        # Wagtail's column of the names is called "title" too, and a table has one column of each name.
        own = [
            Column(f"entry_{field.name}", label=capfirst(str(field.verbose_name)), accessor=field.name)
            for field in fields
            if isinstance(field, Field)
        ]
        return [*super().columns, *own]  # type: ignore[misc]  # a view's

    def get_object_list(self) -> QuerySet:
        names = DISTINGUISHING_FIELDS.get(self.model, ())
        related = [name for name in names if self.model._meta.get_field(name).is_relation]
        return super().get_object_list().select_related(*related)  # type: ignore[misc]  # a view's


class NewEntryMixin:
    """A view of a chooser with a form that creates an entry, in the language of the page that is edited."""

    request: HttpRequest

    def get_creation_form_kwargs(self) -> dict[str, object]:
        kwargs: dict[str, object] = super().get_creation_form_kwargs()  # type: ignore[misc]  # a view's
        locale = language_of_edited_page(self.request)
        return {**kwargs, "user": self.request.user, "initial": {"locale": locale.pk if locale else None}}


class EntryChooseView(NewEntryMixin, DistinguishingColumnsMixin, ChooseView):
    def get_filter_form(self) -> BaseForm:
        """Return the filter, which first shows the entries in the language of the page that is edited."""
        sent = self.request.GET.copy()
        if "locale" not in sent and (locale := page_language(self.request)):
            sent["locale"] = locale.language_code
        return self.get_filter_form_class()(sent)


class EntryChooseResultsView(NewEntryMixin, DistinguishingColumnsMixin, ChooseResultsView):
    pass


class EntryCreateView(NewEntryMixin, SnippetCreateView):
    pass


class EntryChooserViewSet(SnippetChooserViewSet):
    choose_view_class = EntryChooseView
    choose_results_view_class = EntryChooseResultsView
    create_view_class = EntryCreateView
    # Wagtail's own labels are in the language in which a process was asked first.
    choose_one_text = _("Choose")
    search_tab_label = _("Search")
    create_action_label = _("Create")
    creation_tab_label = _("Create new")

    @property
    def creation_form_class(self) -> type[NewEntryForm]:
        return CREATION_FORMS[self.model._meta.model_name]


def language_of_edited_page(request: HttpRequest) -> Locale | None:
    """Return the language in which a new entry is most likely meant: the page's, the account's or the default one."""
    return (
        page_language(request) or Locale.objects.filter(language_code=get_language()).first() or Locale.objects.first()
    )


def page_language(request: HttpRequest) -> Locale | None:
    """Return the language of the page in whose editor a chooser was opened, by the header Referer (RFC 9110 §10.1.3)."""
    try:
        match = resolve(urlsplit(request.headers.get("referer", "")).path)
    except (Resolver404, ValueError):
        return None
    # The keys of Wagtail's URLs "wagtailadmin_pages:edit" and "wagtailadmin_pages:add".
    page_id = match.kwargs.get("page_id") or match.kwargs.get("parent_page_id")
    page = Page.objects.filter(pk=page_id).select_related("locale").first() if page_id else None
    return page.locale if page else None
