"""The log of an endpoint and what staff do there: view a delivery, send it again, send a test, make a new secret."""

import json
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn
from wagtail.admin.views import generic
from wagtail.log_actions import log

from verkosto.registrations.admin.columns import DetailTitleColumn, StateColumn
from verkosto.registrations.admin.pagination import CountedPaginator
from verkosto.registrations.admin.views.base import HOME_BREADCRUMB, RegistrationsAdminView
from verkosto.webhooks import outbox
from verkosto.webhooks.admin.columns import delivery_state, endpoint_state, event_label
from verkosto.webhooks.admin.permissions import ANY, policy
from verkosto.webhooks.enums import DeliveryState
from verkosto.webhooks.models import Delivery, Endpoint

# In the session of who made a secret: the key of the endpoint whose page shows it next, once.
SESSION_KEY = "verkosto_webhooks_secret_of"


class EndpointViewMixin:
    """Loads the endpoint, for those who have a permission to webhooks: any, or the one that is required."""

    required_permission = ""
    endpoint: Endpoint
    request: HttpRequest

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]  # a mixin for views
        if not policy.user_has_any_permission(
            request.user, [self.required_permission] if self.required_permission else ANY
        ):
            raise PermissionDenied
        self.endpoint = self.load(kwargs["pk"])

    def load(self, pk: int) -> Endpoint:
        return get_object_or_404(Endpoint.objects.select_related("page", "owner"), pk=pk)

    @property
    def endpoint_url(self) -> str:
        return reverse("webhooks:endpoint", args=[self.endpoint.pk])

    def endpoint_breadcrumbs(self) -> list[dict[str, object]]:
        webhooks = {"url": reverse("webhooks:index"), "label": _("Webhooks")}
        return [HOME_BREADCRUMB, webhooks, {"url": self.endpoint_url, "label": self.endpoint.name}]


class DeliveryFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=DeliveryState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )

    class Meta:
        model = Delivery
        fields: list[str] = []


class EndpointView(EndpointViewMixin, generic.IndexView):
    """An endpoint: how it does, its secret if it was made just now, and the log of its deliveries."""

    model = Delivery
    permission_policy = policy
    any_permission_required = ANY
    header_icon = "resubmit"
    template_name = "verkosto_webhooks/admin/endpoint.html"
    results_template_name = "verkosto_registrations/admin/results.html"
    filterset_class = DeliveryFilterSet
    default_ordering = "-created_at"
    paginator_class = CountedPaginator
    paginate_by = 50
    verbose_name_plural = _("deliveries")
    is_searchable = False
    locale = None

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            DetailTitleColumn(
                "event",
                accessor=lambda row: event_label(row.event),
                label=_("Event"),
                get_url=lambda row: reverse("webhooks:delivery", args=[row.pk]),
                detail=lambda row: row.event,
            ),
            StateColumn("state", label=_("State"), accessor=delivery_state, sort_key="state"),
            Column("response_code", label=_("Answer"), classname="reg-wide-only"),
            Column("attempts", label=_("Attempts"), sort_key="attempts", classname="reg-wide-only"),
            DateColumn("created_at", label=_("Occurred"), sort_key="created_at"),
        ]

    def get_base_queryset(self) -> QuerySet[Delivery]:
        return Delivery.objects.filter(endpoint=self.endpoint).defer("data", "response_start")

    def get_page_title(self) -> str:
        return self.endpoint.name

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [*self.endpoint_breadcrumbs()[:-1], {"url": "", "label": self.endpoint.name}]

    def get_index_url(self) -> str:
        return self.endpoint_url

    def get_index_results_url(self) -> str:
        return reverse("webhooks:endpoint_results", args=[self.endpoint.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        context: dict[str, object] = super().get_context_data(**kwargs)
        return {
            **context,
            "endpoint": self.endpoint,
            "endpoint_state": endpoint_state(self.endpoint),
            "event_labels": [event_label(name) for name in self.endpoint.events],
            "secret": self._new_secret(),
            "can_change": policy.user_has_permission(self.request.user, "change"),
        }

    def _new_secret(self) -> str:
        """Return the secret to show, once, to who made it."""
        if self.results_only or self.request.session.get(SESSION_KEY) != self.endpoint.pk:
            return ""
        del self.request.session[SESSION_KEY]
        return self.endpoint.secret


class DeliveryView(EndpointViewMixin, RegistrationsAdminView):
    """One delivery: what is sent, and what became of it."""

    header_icon = "resubmit"
    template_name = "verkosto_webhooks/admin/delivery.html"
    delivery: Delivery

    def load(self, pk: int) -> Endpoint:
        self.delivery = get_object_or_404(Delivery.objects.select_related("endpoint"), pk=pk)
        return self.delivery.endpoint

    def get_page_title(self) -> str:
        return event_label(self.delivery.event)

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [*self.endpoint_breadcrumbs(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        return {
            **super().get_context_data(**kwargs),
            "delivery": self.delivery,
            "endpoint": self.endpoint,
            "state": delivery_state(self.delivery),
            "data": json.dumps(self.delivery.data, ensure_ascii=False, indent=2),
            "can_replay": policy.user_has_permission(self.request.user, "change")
            and self.endpoint.is_active
            and self.delivery.state in (DeliveryState.DELIVERED, DeliveryState.FAILED),
        }


class EndpointActionView(EndpointViewMixin, View):
    """An action on an endpoint, by POST."""

    required_permission = "change"
    http_method_names = ["post"]
    action = ""
    needs_active = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.endpoint.is_active or not self.needs_active:
            with transaction.atomic():
                if self.act():
                    log(instance=self.endpoint, action=self.action, user=request.user)
        else:
            messages.warning(request, _("The webhook is switched off. Switch it on first."))
        return redirect(self.endpoint_url)

    def act(self) -> bool:
        """Do it, and say so. Return whether it was done."""
        raise NotImplementedError


class TestEndpointView(EndpointActionView):
    """Send a test."""

    action = "webhooks.test"

    def act(self) -> bool:
        outbox.write_test(self.endpoint)
        messages.success(self.request, _("A test is being sent. Its result is in the log below."))
        return True


class RotateSecretView(EndpointActionView):
    """Make a new secret. The one before stays valid for a day."""

    action = "webhooks.rotate_secret"
    needs_active = False

    def act(self) -> bool:
        self.endpoint.rotate_secret()
        self.request.session[SESSION_KEY] = self.endpoint.pk
        messages.success(self.request, _("A new secret was made. The one before is valid for one more day."))
        return True


class ReplayView(EndpointActionView):
    """Send a delivery again."""

    action = "webhooks.replay"
    delivery: Delivery

    def load(self, pk: int) -> Endpoint:
        self.delivery = get_object_or_404(Delivery.objects.select_related("endpoint"), pk=pk)
        return self.delivery.endpoint

    def act(self) -> bool:
        is_done = outbox.replay(self.delivery)
        if is_done:
            messages.success(self.request, _("The message is being sent again."))
        else:
            messages.warning(self.request, _("The message is already being sent."))
        return is_done
