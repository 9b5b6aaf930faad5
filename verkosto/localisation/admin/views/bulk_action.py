"""Submitting the selected pages of a list for translation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Locale, Page

from verkosto.core.originals import is_original
from verkosto.core.users import signed_in_user
from verkosto.localisation.permissions.access import may_edit, may_submit
from verkosto.localisation.workflow import bulk_submission


class SubmitForm(forms.Form):
    locales = forms.ModelMultipleChoiceField(
        label=_("Languages"),
        queryset=Locale.objects.order_by("pk"),
        widget=forms.CheckboxSelectMultiple,
        initial=lambda: Locale.objects.values_list("pk", flat=True),
    )
    include_descendants = forms.BooleanField(label=_("Include subpages"), required=False)


class SubmitBulkAction(PageBulkAction):
    display_name = _("Submit for translation")
    action_type = "submit_translation"
    aria_label = _("Submit the selected pages for translation")
    template_name = "verkosto_localisation/bulk_actions/submit.html"
    action_priority = 60
    form_class = SubmitForm

    def check_perm(self, page: Page) -> bool:
        user = self.request.user
        return may_submit(user) and is_original(page) and may_edit(user, page)

    def prepare_action(self, objects: list[Page], objects_without_access: dict[str, object]) -> HttpResponse | None:
        """Start the job and answer with its progress page."""
        if not objects:
            return None
        submission = bulk_submission.start(
            pages=self._pages(objects),
            locales=self.cleaned_form.cleaned_data["locales"],
            by=signed_in_user(self.request),
        )
        return redirect("verkosto_localisation:bulk_submission", submission.pk)

    def _pages(self, objects: list[Page]) -> list[Page]:
        pages = {page.pk: page for page in objects}
        if self.cleaned_form.cleaned_data["include_descendants"]:
            for page in objects:
                below = page.get_descendants().filter(alias_of__isnull=True)
                pages.update((descendant.pk, descendant) for descendant in below)
        return list(pages.values())

    @classmethod
    def execute_action(cls, objects: list[Page], **kwargs: Any) -> tuple[int, int]:
        return 0, 0
