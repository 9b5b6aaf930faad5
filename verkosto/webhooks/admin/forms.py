from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminPageChooser

from verkosto.webhooks.admin.permissions import may_send_personal_data
from verkosto.webhooks.models import Endpoint
from verkosto.webhooks.webhook_events import webhook_events


class EndpointForm(WagtailAdminModelForm):
    """Where webhooks go, and of what."""

    events = forms.MultipleChoiceField(
        label=_("Events"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose only what the other system needs."),
        error_messages={"required": _("Choose at least one event.")},
    )

    class Meta:
        model = Endpoint
        fields = ["name", "url", "events", "page", "includes_personal_data", "is_active", "description"]
        widgets = {"page": AdminPageChooser, "description": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["events"].choices = [(name, kind.label) for name, kind in webhook_events().items()]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        is_asked = cleaned.get("includes_personal_data") and "page" in cleaned
        if is_asked and not may_send_personal_data(self.for_user, cleaned["page"]):
            text = _("You can include personal data only below a page whose registrations you may export.")
            self.add_error("includes_personal_data", text)
        return cleaned

    def save(self, commit: bool = True) -> Endpoint:
        if self.instance.pk is None:
            self.instance.owner = self.for_user
        if "is_active" in self.changed_data and self.instance.is_active:
            self.instance.forget_failures()
        return super().save(commit=commit)
