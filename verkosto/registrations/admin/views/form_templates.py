"""Saved forms: apply one to a page, or save the page's questions as one."""

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from verkosto.registrations.admin.views.base import PageAdminView
from verkosto.registrations.models import FormTemplate


class ApplyFormTemplateForm(forms.Form):
    """Which saved form to start from."""

    template = forms.ModelChoiceField(
        label=gettext_lazy("Form template"), queryset=FormTemplate.objects.all(), empty_label=None
    )


class SaveFormTemplateForm(forms.Form):
    """Under which name to save the page's questions."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if FormTemplate.objects.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("There is already a form template with this name."))
        return name


def copy_with_new_ids(stream: Any) -> list[dict[str, Any]]:
    """A stream's blocks as new ones: their ids, which key the answers, are made anew at every depth."""

    def anew(value: Any) -> Any:
        if isinstance(value, dict):
            copied = {name: anew(part) for name, part in value.items()}
            return {**copied, "id": str(uuid.uuid4())} if {"type", "value", "id"} <= set(value) else copied
        return [anew(part) for part in value] if isinstance(value, list) else value

    return anew(list(stream.stream_block.get_prep_value(stream)))


class FormTemplateView(PageAdminView):
    """Adds a saved form's questions to a page's draft, or saves the draft's questions as a form."""

    page_title = gettext_lazy("Form templates")
    header_icon = "form"
    template_name = "verkosto_registrations/admin/form_template.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            "start": ApplyFormTemplateForm(),
            "save": SaveFormTemplateForm(initial={"name": self.page.title}),
            "has_templates": FormTemplate.objects.exists(),
            "number": len(self.page.questions),
            "back_url": self.edit_url,
            **super().get_context_data(**kwargs),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form: forms.Form
        if "save" in request.POST:
            form = SaveFormTemplateForm(request.POST)
            if not form.is_valid():
                return self.render_to_response({**self.get_context_data(), "save": form})
            field = FormTemplate._meta.get_field("questions")
            questions = field.to_python(copy_with_new_ids(self.page.questions))
            FormTemplate.objects.create(name=form.cleaned_data["name"], questions=questions)
            messages.success(request, _("The form template is saved. You can use it on other pages."))
            return redirect(self.edit_url)
        form = ApplyFormTemplateForm(request.POST)
        if not form.is_valid():
            return self.render_to_response({**self.get_context_data(), "start": form})
        stream = self.page.questions
        own = list(stream.stream_block.get_prep_value(stream))
        added = copy_with_new_ids(form.cleaned_data["template"].questions)
        self.page.questions = self.page._meta.get_field("questions").to_python([*own, *added])
        self.page.save_revision(user=request.user, log_action=True)
        words = ngettext(
            "%(n)s question has been added to the draft.", "%(n)s questions have been added to the draft.", len(added)
        )
        messages.success(request, words % {"n": len(added)})
        return redirect(self.edit_url)
