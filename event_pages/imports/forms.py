"""The form of the import of events: where they go, and the file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from event_pages.imports.file_reader import read_events
from event_pages.imports.values import MAX_BYTES, FileEvent, UnreadableFile
from event_pages.models import EventIndexPage, EventPage, EventSeriesPage
from verkosto.core.formats import language_name
from verkosto.core.spreadsheets import is_spreadsheet
from verkosto.core.text_files import decode_text
from verkosto.core.users import AnyUser

ParentChoices = list[tuple[str, list[tuple[int, str]]]]


class ImportForm(forms.Form):
    """A file of events. Between the preview and the import its text is kept in the form."""

    parent = forms.TypedChoiceField(
        label=gettext_lazy("Import into"),
        coerce=int,
        help_text=gettext_lazy(
            "The calendar or series below which the events are made. They are written in its language."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy(
            "A calendar (.ics) or a table (.csv) with at most 200 events, at most one megabyte. Its columns are named in "
            "the first row, as in the template."
        ),
        widget=forms.FileInput(attrs={"accept": ".ics,.csv,text/calendar,text/csv"}),
    )
    text = forms.CharField(required=False, strip=False, widget=forms.Textarea(attrs={"hidden": True}))

    events: list[FileEvent]

    def __init__(self, *args: Any, user: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.pages = {page.pk: page for page in parent_pages(user)}
        parent: Any = self.fields["parent"]
        parent.choices = choices_of(self.pages.values())

    def clean_parent(self) -> Page:
        return self.pages[self.cleaned_data["parent"]]

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > MAX_BYTES:
            raise ValidationError(_("The file is too large: at most one megabyte."))
        data = file.read()
        if is_spreadsheet(data):
            raise ValidationError(_("This is a spreadsheet. Save it as CSV and choose that file."))
        return decode_text(data).replace("\0", "")

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or {}
        text = str(cleaned.get("file") or cleaned.get("text") or "")
        if "file" in self.errors:
            return cleaned
        if not text.strip():
            self.add_error("file", _("Choose a file."))
            return cleaned
        try:
            self.events = read_events(text)
        except UnreadableFile as error:
            self.add_error("file", str(error))
        cleaned["text"] = text
        return cleaned

    def with_file_as_text(self) -> Self:
        """Return the same form, valid too, with the text of its file, so that the file need not be chosen again."""
        data = {"parent": self.cleaned_data["parent"].pk, "text": self.cleaned_data["text"]}
        form = type(self)(data, user=self.user)
        form.full_clean()
        return form


def parent_pages(user: AnyUser) -> list[Page]:
    """Return the pages below which a user may add events, in the order of the tree. The right is asked for each page."""
    types = (EventIndexPage, EventSeriesPage)
    found = Page.objects.type(*types).select_related("locale").order_by("path")
    return [
        page
        for page in found
        if page.permissions_for_user(user).can_add_subpage()
        and EventPage in page.specific_class.creatable_subpage_models()
    ]


def choices_of(pages: Iterable[Page]) -> ParentChoices:
    """Return the pages as the choices of a field, grouped by language."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for page in pages:
        name = language_name(page.locale.language_code)
        groups.setdefault(name, []).append((page.pk, page.get_admin_display_title()))
    return list(groups.items())
