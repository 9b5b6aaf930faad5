"""The translator's choice of notifications, on Wagtail's account page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from verkosto.localisation.models import NotificationPreference
from verkosto.localisation.permissions.access import locale_ids_for


class NotificationPreferenceForm(forms.ModelForm):
    class Meta:
        model = NotificationPreference
        fields = ["digest", "urgent", "comments"]


class NotificationsPanel(BaseSettingsPanel):
    name = "translation_notifications"
    title = _("Translations")
    tab = notifications_tab
    order = 200
    form_class = NotificationPreferenceForm

    def is_active(self) -> bool:
        return bool(locale_ids_for(self.user))

    def get_form(self) -> NotificationPreferenceForm:
        preference = NotificationPreference.objects.filter(user=self.user).first() or NotificationPreference(
            user=self.user
        )
        data = self.request.POST if self.request.method == "POST" else None
        return self.form_class(data, instance=preference, prefix=self.name)
