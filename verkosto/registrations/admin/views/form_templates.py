from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from verkosto.registrations.admin.forms.form_templates import ApplyFormTemplateForm, SaveFormTemplateForm
from verkosto.registrations.admin.views.base import PageAdminView
from verkosto.registrations.models import FormTemplate


class FormTemplateView(PageAdminView):
    """Add a form template's questions to a page's draft, or save the draft's questions as a form template."""

    page_title = gettext_lazy("Form templates")
    header_icon = "form"
    template_name = "verkosto_registrations/admin/form_template.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        return {
            **super().get_context_data(**kwargs),
            "apply_form": kwargs.get("apply_form") or ApplyFormTemplateForm(),
            "save_form": kwargs.get("save_form") or SaveFormTemplateForm(initial={"name": self.page.title}),
            "has_templates": FormTemplate.objects.exists(),
            "number": len(self.page.questions),
            "back_url": self.edit_url,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.save_template() if "save" in request.POST else self.apply_template()

    def save_template(self) -> HttpResponse:
        form = SaveFormTemplateForm(self.request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(save_form=form))
        form.save(self.page)
        messages.success(self.request, _("The form template is saved. You can use it on other pages."))
        return redirect(self.edit_url)

    def apply_template(self) -> HttpResponse:
        form = ApplyFormTemplateForm(self.request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(apply_form=form))
        number = form.save(self.page, self.request.user)
        text = ngettext(
            "%(n)s question has been added to the draft.", "%(n)s questions have been added to the draft.", number
        )
        messages.success(self.request, text % {"n": number})
        return redirect(self.edit_url)
