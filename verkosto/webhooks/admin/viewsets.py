"""Webhooks in the menu of the settings."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import LogActionRegistry

from verkosto.registrations.admin.columns import DetailTitleColumn, StateColumn
from verkosto.webhooks import outbox
from verkosto.webhooks.admin import views
from verkosto.webhooks.admin.columns import endpoint_state
from verkosto.webhooks.admin.forms import EndpointForm
from verkosto.webhooks.models import Endpoint

LOG_ACTIONS = {
    "webhooks.test": (_("Test a webhook"), _("Sent a test of a webhook")),
    "webhooks.rotate_secret": (_("Make a new secret"), _("Made a new secret of a webhook")),
    "webhooks.replay": (_("Send a webhook again"), _("Sent a message of a webhook again")),
}


def register_actions(registry: LogActionRegistry) -> None:
    """Register the actions in Wagtail's log; for the hook ``register_log_actions``."""
    for action, (label, message) in LOG_ACTIONS.items():
        registry.register_action(action, label, message)


class EndpointIndexView(generic.IndexView):
    """The list of webhooks."""

    template_name = "verkosto_registrations/admin/desks.html"
    results_template_name = "verkosto_registrations/admin/results.html"

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            DetailTitleColumn(
                "name",
                label=_("Name"),
                sort_key="name",
                get_url=lambda row: reverse("webhooks:endpoint", args=[row.pk]),
                detail=lambda row: urlsplit(row.url).netloc,
            ),
            StateColumn("state", label=_("State"), accessor=endpoint_state, sort_key="is_active"),
            Column("events", label=_("Events"), accessor=_number_of_events, classname="reg-wide-only"),
            Column("page", label=_("Only below this page"), accessor="page", classname="reg-wide-only"),
        ]


def _number_of_events(endpoint: Endpoint) -> str:
    number = len(endpoint.events)
    return ngettext("%(count)s type", "%(count)s types", number) % {"count": number}


class AddEndpointView(generic.CreateView):
    """A new webhook; its page then shows the secret, once."""

    def get_success_url(self) -> str:
        return reverse("webhooks:endpoint", args=[self.object.pk])

    def form_valid(self, form: EndpointForm) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        self.request.session[views.SESSION_KEY] = self.object.pk
        return answer


class EditEndpointView(generic.EditView):
    """A changed webhook. What waits for one that was switched on is sent."""

    def get_success_url(self) -> str:
        return reverse("webhooks:endpoint", args=[self.object.pk])

    def form_valid(self, form: EndpointForm) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        if "is_active" in form.changed_data and self.object.is_active:
            outbox.resume()
        return answer


class EndpointViewSet(ModelViewSet):
    model = Endpoint
    icon = "resubmit"
    menu_label = _("Webhooks")
    menu_name = "webhooks"
    menu_order = 900
    add_to_settings_menu = True
    index_view_class = EndpointIndexView
    add_view_class = AddEndpointView
    edit_view_class = EditEndpointView
    copy_view_enabled = False
    inspect_view_enabled = False
    search_fields = ["name", "url"]
    search_backend_name = None
    list_per_page = 50
    index_template_name = "verkosto_registrations/admin/desks.html"
    index_results_template_name = "verkosto_registrations/admin/results.html"

    def get_form_class(self, for_update: bool = False) -> type[EndpointForm]:
        return EndpointForm

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, object]:
        rows = Endpoint.objects.select_related("page")
        return super().get_index_view_kwargs(queryset=rows, **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", views.EndpointView.as_view(), name="endpoint"),
            path("<int:pk>/results/", views.EndpointView.as_view(results_only=True), name="endpoint_results"),
            path("<int:pk>/test/", views.TestEndpointView.as_view(), name="test"),
            path("<int:pk>/secret/", views.RotateSecretView.as_view(), name="rotate_secret"),
            path("deliveries/<int:pk>/", views.DeliveryView.as_view(), name="delivery"),
            path("deliveries/<int:pk>/replay/", views.ReplayView.as_view(), name="replay"),
        ]
