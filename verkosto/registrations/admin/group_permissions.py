"""Permissions to registrations in the editor of a group, as Wagtail has them for pages and collections."""

from collections.abc import Mapping
from typing import TypedDict

from django import forms
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.formsets import BaseFormSetMixin
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from verkosto.registrations.admin.permissions import INDEPENDENT, DeskPermission
from verkosto.registrations.models import DeskAccess


class DeskAccessForm(forms.Form):
    """A page, and what the group may do with the registrations of the page and everything below it."""

    page = forms.ModelChoiceField(
        label=_("Page"),
        queryset=Page.objects.all(),
        widget=AdminPageChooser(show_edit_link=False, can_choose_root=True),
    )
    rights = forms.MultipleChoiceField(
        label=_("Permissions"), choices=DeskPermission.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def clean_rights(self) -> list[str]:
        """Return the permissions, with the one to see where one of them is of no use without it."""
        rights = self.cleaned_data["rights"]
        if INDEPENDENT.issuperset(rights):
            return rights
        return [DeskPermission.SEE.value, *(right for right in rights if right != DeskPermission.SEE)]


class PageAccess(TypedDict):
    """What a group may do with the desks below a page."""

    page: Page
    rights: list[str]


class BaseDeskAccessFormSet(BaseFormSetMixin, forms.BaseFormSet):
    """The permissions of one group."""

    rights = DeskPermission.choices

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        instance: Group | None = None,
        prefix: str = "desk_access",
    ) -> None:
        self.instance = instance or Group()
        rows = self.instance.desk_access.select_related("page") if self.instance.pk else []
        initial = [
            {
                "page": row.page,
                "rights": [permission for permission in DeskPermission.values if getattr(row, f"can_{permission}")],
            }
            for row in rows
        ]
        super().__init__(data, files, initial=initial, prefix=prefix)

    @property
    def kept(self) -> list[PageAccess]:
        """The cleaned rows that were not deleted."""
        return [
            form.cleaned_data
            for form in self.forms
            if form not in self.deleted_forms and form.cleaned_data.get("page")
        ]

    def clean(self) -> None:
        pages = [] if any(self.errors) else [row["page"] for row in self.kept]
        if len(set(pages)) != len(pages):
            raise forms.ValidationError(_("The same page is listed twice."))

    @transaction.atomic
    def save(self) -> None:
        """Save the rows. A page without any permission has none."""
        wanted = {row["page"]: row["rights"] for row in self.kept if row["rights"]}
        DeskAccess.objects.filter(group=self.instance).exclude(page__in=list(wanted)).delete()
        for page, rights in wanted.items():
            given = {f"can_{right}": right in rights for right in DeskPermission.values}
            DeskAccess.objects.update_or_create(group=self.instance, page=page, defaults=given)

    def as_admin_panel(self) -> str:
        return render_to_string("verkosto_registrations/admin/access_formset.html", {"formset": self})


DeskAccessFormSet = forms.formset_factory(DeskAccessForm, formset=BaseDeskAccessFormSet, extra=0, can_delete=True)
