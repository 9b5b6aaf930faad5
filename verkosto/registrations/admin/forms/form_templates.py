import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.blocks import StreamValue
from wagtail.models import Page

from verkosto.core.users import AnyUser
from verkosto.registrations.models import FormTemplate


class ApplyFormTemplateForm(forms.Form):
    """A form template whose questions are added to a page's draft."""

    template = forms.ModelChoiceField(
        label=gettext_lazy("Form template"), queryset=FormTemplate.objects.all(), empty_label=None
    )

    def save(self, page: Page, user: AnyUser) -> int:
        """Save a draft of the page with the template's questions after its own. Return how many were added."""
        stream = page.questions
        own = list(stream.stream_block.get_prep_value(stream))
        added = copy_with_new_ids(self.cleaned_data["template"].questions)
        page.questions = page._meta.get_field("questions").to_python([*own, *added])
        page.save_revision(user=user, log_action=True)
        return len(added)


class SaveFormTemplateForm(forms.Form):
    """The name under which a page's questions are saved."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if FormTemplate.objects.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("There is already a form template with this name."))
        return name

    def save(self, page: Page) -> FormTemplate:
        """Save the page's questions as a form template."""
        questions: Any = FormTemplate._meta.get_field("questions")
        copied = questions.to_python(copy_with_new_ids(page.questions))
        return FormTemplate.objects.create(name=self.cleaned_data["name"], questions=copied)


def copy_with_new_ids(stream: StreamValue) -> list[dict[str, object]]:
    """Return a stream's blocks with new ids at every depth: answers are stored under the ids."""

    def copy(value: object) -> Any:
        if isinstance(value, dict):
            copied = {name: copy(part) for name, part in value.items()}
            return {**copied, "id": str(uuid.uuid4())} if {"type", "value", "id"} <= set(value) else copied
        return [copy(part) for part in value] if isinstance(value, list) else value

    copied: list[dict[str, Any]] = copy(list(stream.stream_block.get_prep_value(stream)))
    return copied
