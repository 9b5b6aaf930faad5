"""The choice of notifications about registrations, on Wagtail's account page."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from verkosto.registrations.admin.forms.staff_notifications import SubscriptionForm
from verkosto.registrations.admin.permissions import DeskPermission, has_permission
from verkosto.registrations.models import DeskSubscription


class StaffNotificationsPanel(BaseSettingsPanel):
    """The general choice, for all events whose registrations the user may see."""

    name = "registration_notifications"
    title = _("Registrations")
    tab = notifications_tab
    order = 210
    form_class = SubscriptionForm

    def is_active(self) -> bool:
        return has_permission(self.user, DeskPermission.SEE)

    def get_form(self) -> SubscriptionForm:
        own = DeskSubscription.objects.filter(user=self.user, desk__isnull=True).first()
        data = self.request.POST if self.request.method == "POST" else None
        return self.form_class(data, instance=own or DeskSubscription(user=self.user), prefix=self.name)
