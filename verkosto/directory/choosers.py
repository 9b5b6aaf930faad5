"""The choosers of directory entries. They show fields by which entries of the same name can be told apart."""

from django.db.models import QuerySet
from django.utils.text import capfirst
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet

from verkosto.directory.models import Organisation, Person, Venue

#: The fields that are shown next to an entry's name.
DISTINGUISHING_FIELDS: dict[type[Organisation | Person | Venue], tuple[str, ...]] = {
    Person: ("title", "organisation"),
    Organisation: ("abbreviation", "website"),
    Venue: ("street_address", "city"),
}


class DistinguishingColumnsMixin:
    """A view of a chooser with the fields that distinguish entries of the same name."""

    model: type[Organisation | Person | Venue]

    @property
    def columns(self) -> list[Column]:
        fields = [self.model._meta.get_field(name) for name in DISTINGUISHING_FIELDS.get(self.model, ())]
        own = [Column(field.name, label=capfirst(str(getattr(field, "verbose_name", field.name)))) for field in fields]
        return [*super().columns, *own]  # type: ignore[misc]  # a view's

    def get_object_list(self) -> QuerySet:
        names = DISTINGUISHING_FIELDS.get(self.model, ())
        related = [name for name in names if self.model._meta.get_field(name).is_relation]
        return super().get_object_list().select_related(*related)  # type: ignore[misc]  # a view's


class EntryChooseView(DistinguishingColumnsMixin, ChooseView):
    pass


class EntryChooseResultsView(DistinguishingColumnsMixin, ChooseResultsView):
    pass


class EntryChooserViewSet(SnippetChooserViewSet):
    choose_view_class = EntryChooseView
    choose_results_view_class = EntryChooseResultsView
