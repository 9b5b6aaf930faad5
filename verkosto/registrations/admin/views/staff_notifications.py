from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from verkosto.registrations.admin.forms.staff_notifications import SubscriptionForm
from verkosto.registrations.admin.views.base import DeskAdminView
from verkosto.registrations.models import DeskSubscription


class StaffNotificationsView(DeskAdminView):
    """The user's own choice of notifications about one desk."""

    page_title = _("Notifications")
    tab = "notifications"
    template_name = "verkosto_registrations/admin/notifications.html"

    def get_form(self) -> SubscriptionForm:
        """Return the form with the choice for this desk; a new one begins with the general choice."""
        user: Any = self.request.user
        key: Any = {"user": user, "desk": self.desk}
        own = DeskSubscription.objects.filter(**key).first()
        if own is None:
            general = DeskSubscription.objects.filter(user=user, desk__isnull=True).first()
            names = SubscriptionForm.Meta.fields
            own = DeskSubscription(**key, **({name: getattr(general, name) for name in names} if general else {}))
        return SubscriptionForm(self.request.POST if self.request.method == "POST" else None, instance=own)

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        return {"form": self.get_form(), **super().get_context_data(**kwargs)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        form.save()
        if not getattr(request.user, "email", ""):
            messages.warning(request, _("Your account has no email address."))
        messages.success(request, _("Your choice is saved."))
        return redirect(self.desk_url("notifications"))
