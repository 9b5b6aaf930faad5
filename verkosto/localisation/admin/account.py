"""The translator's own choice of notices, on Wagtail's account page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from verkosto.localisation.models import NoticePreference
from verkosto.localisation.permissions.locales import locale_ids_for


class NoticePreferenceForm(forms.ModelForm):
    class Meta:
        model = NoticePreference
        fields = ["digest", "urgent"]


class NoticesPanel(BaseSettingsPanel):
    name = "translation_notices"
    title = _("Translations")
    tab = notifications_tab
    order = 200
    form_class = NoticePreferenceForm

    def is_active(self) -> bool:
        return bool(locale_ids_for(self.user))

    def get_form(self) -> Any:
        preference = NoticePreference.objects.filter(user=self.user).first() or NoticePreference(user=self.user)
        data = self.request.POST if self.request.method == "POST" else None
        return self.form_class(data, instance=preference, prefix=self.name)
