"""The assignment of one language version: its translator and deadline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request

from verkosto.core.date_fields import LanguageDateTimeField
from verkosto.core.users import signed_in_user
from verkosto.localisation.models import TranslationState
from verkosto.localisation.permissions.access import may_edit, may_submit, require, states_for, translators_of
from verkosto.localisation.sync.original_changes import make_original
from verkosto.localisation.workflow import assignments
from verkosto.localisation.workflow.admin_urls import edit_url, version_of


class AssignmentForm(forms.Form):
    assigned_to = forms.ModelChoiceField(
        label=gettext_lazy("Translator"),
        queryset=get_user_model()._default_manager.none(),
        required=False,
        empty_label=gettext_lazy("Unassigned"),
        help_text=gettext_lazy("Others see who the translator is, and can still translate."),
    )
    deadline = LanguageDateTimeField(
        label=gettext_lazy("Deadline"),
        required=False,
        help_text=gettext_lazy("The earlier the deadline, the higher the page is on the translators’ dashboard."),
    )

    def __init__(self, data: Mapping[str, object] | None = None, *, state: TranslationState) -> None:
        super().__init__(data, initial={"assigned_to": state.assigned_to_id, "deadline": state.deadline})
        translators: Any = self.fields["assigned_to"]
        translators.queryset = translators_of(state.locale_id)
        deadline: Any = self.fields["deadline"]
        deadline.use_zone(get_current_timezone_name())  # that of the account, as deadlines are shown to translators


def assignment_view(request: HttpRequest, pk: int) -> HttpResponse:
    state = get_object_or_404(states_for(request.user).select_related("locale", "assigned_to"), pk=pk)
    leads = may_submit(request.user)
    form = (
        AssignmentForm(request.POST if request.POST.get("action") == "save" else None, state=state) if leads else None
    )
    if request.method == "POST":
        try:
            done = _act(request, state, form)
        except assignments.NotAllowed as refusal:
            messages.error(request, str(refusal))
            done = True
        if done:
            return redirect(
                get_valid_next_url_from_request(request)
                or reverse("verkosto_localisation:assignment", args=[state.pk])
            )
    return render(
        request,
        "verkosto_localisation/assignment.html",
        {
            "state": state,
            "form": form,
            "edit_url": edit_url(state),
            "next": get_valid_next_url_from_request(request),
            "is_mine": state.assigned_to_id == request.user.pk,
            "page_title": state.title,
            "header_title": state.title,
            "breadcrumbs_items": [
                {"url": reverse("verkosto_localisation:dashboard"), "label": _("Translations")},
                {"url": "", "label": state.title, "sublabel": state.locale.get_display_name()},
            ],
        },
    )


def _act(request: HttpRequest, state: TranslationState, form: AssignmentForm | None) -> bool:
    action = request.POST.get("action")
    if action == "assign_to_me":
        assignments.assign(state=state, to=signed_in_user(request), by=signed_in_user(request))
        messages.success(request, _("The translation is assigned to you."))
    elif action == "unassign":
        assignments.unassign(state=state, by=signed_in_user(request))
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
            assignments.assign(state=state, to=form.cleaned_data["assigned_to"], by=signed_in_user(request))
        else:
            assignments.unassign(state=state, by=signed_in_user(request))
        assignments.set_deadline(state=state, deadline=form.cleaned_data["deadline"], by=signed_in_user(request))
        messages.success(request, _("Saved."))
    return True
