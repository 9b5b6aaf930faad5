"""The page of one version's work: who, until when, what is detached."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.admin.widgets import AdminDateTimeInput

from verkosto.localisation.admin.links import edit_url, version_of
from verkosto.localisation.models import TranslationState
from verkosto.localisation.originals import make_original
from verkosto.localisation.permissions.guard_views import may_edit, require
from verkosto.localisation.permissions.locales import locale_ids_for, may_submit, translators_of
from verkosto.localisation.workflow import assignments


class WorkForm(forms.Form):
    assigned_to = forms.ModelChoiceField(
        label=gettext_lazy("Translator"),
        queryset=get_user_model()._default_manager.none(),
        required=False,
        empty_label=gettext_lazy("Unassigned"),
        help_text=gettext_lazy("Others see who the translator is, and can still translate."),
    )
    deadline = forms.DateTimeField(
        label=gettext_lazy("Deadline"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=gettext_lazy("The earlier the deadline, the higher the page is on the translators’ dashboard."),
    )

    def __init__(self, data: Any = None, *, state: TranslationState) -> None:
        super().__init__(data, initial={"assigned_to": state.assigned_to_id, "deadline": state.deadline})
        translators: Any = self.fields["assigned_to"]
        translators.queryset = translators_of(state.locale_id)


def work_view(request: HttpRequest, pk: int) -> HttpResponse:
    state = get_object_or_404(TranslationState.objects.select_related("locale", "assigned_to"), pk=pk)
    if state.locale_id not in locale_ids_for(request.user):
        raise PermissionDenied
    leads = may_submit(request.user)
    form = WorkForm(request.POST if request.POST.get("action") == "save" else None, state=state) if leads else None
    if request.method == "POST":
        try:
            done = _act(request, state, form)
        except assignments.NotYours as refusal:
            messages.error(request, str(refusal))
            done = True
        if done:
            return redirect(
                get_valid_next_url_from_request(request) or reverse("verkosto_localisation:work", args=[state.pk])
            )
    return render(
        request,
        "verkosto_localisation/work.html",
        {
            "state": state,
            "form": form,
            "edit_url": edit_url(state),
            "next": get_valid_next_url_from_request(request),
            "is_mine": state.assigned_to_id == request.user.pk,
            "page_title": state.title,
            "header_title": state.title,
            "breadcrumbs_items": [
                {"url": reverse("verkosto_localisation:desk"), "label": _("Translations")},
                {"url": "", "label": state.title, "sublabel": state.locale.get_display_name()},
            ],
        },
    )


def _act(request: HttpRequest, state: TranslationState, form: WorkForm | None) -> bool:
    action = request.POST.get("action")
    if action == "take":
        assignments.assign(state=state, to=request.user, by=request.user)
        messages.success(request, _("The translation is assigned to you."))
    elif action == "hand_back":
        assignments.hand_back(state=state, by=request.user)
        messages.success(request, _("The translation is no longer assigned to you."))
    elif action == "make_original" and form is not None:
        version = version_of(state)
        require(version is not None and may_edit(request.user, version))
        make_original(version)
        messages.success(
            request,
            _("This version is now the original. The other versions are its translations and keep their texts."),
        )
    elif action == "save" and form is not None:
        if not form.is_valid():
            return False
        if form.cleaned_data["assigned_to"]:
            assignments.assign(state=state, to=form.cleaned_data["assigned_to"], by=request.user)
        else:
            assignments.hand_back(state=state, by=request.user)
        assignments.set_deadline(state=state, deadline=form.cleaned_data["deadline"], by=request.user)
        messages.success(request, _("Saved."))
    return True
