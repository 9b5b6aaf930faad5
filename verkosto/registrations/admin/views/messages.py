from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, BulkActionsCheckboxColumn, Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton
from wagtail.coreutils import get_content_languages

from verkosto.core.users import AnyUser
from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.columns import DetailTitleColumn, LanguageColumn, StateColumn, message_state
from verkosto.registrations.admin.labels import mail_kind_label
from verkosto.registrations.admin.pagination import CountedPaginator
from verkosto.registrations.admin.permissions import DeskPermission, desks_for, has_permission, policy
from verkosto.registrations.admin.views.base import (
    DESKS_BREADCRUMB,
    HOME_BREADCRUMB,
    DeskViewMixin,
    RegistrationsAdminView,
)
from verkosto.registrations.enums import MessageState
from verkosto.registrations.models import Message
from verkosto.registrations.models.querysets import MessageQuerySet


def failed_messages_of(user: AnyUser) -> QuerySet[Message]:
    """Return the messages that could not be delivered, of the desks whose registrations the user may change."""
    failed = Message.objects.failed()
    return failed if user.is_superuser else failed.filter(desk__in=desks_for(user, DeskPermission.CHANGE))


class MessageFilterSet(WagtailFilterSet):
    # distinct=False: SELECT DISTINCT would sort every row.
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=MessageState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    created_at = django_filters.DateFromToRangeFilter(label=_("Written"), widget=DateRangePickerWidget)

    class Meta:
        model = Message
        fields: list[str] = []


class MessageIndexView(generic.IndexView):
    """The outbox: the messages to the registrants of the desks that the user may see."""

    model = Message
    permission_policy = policy
    any_permission_required = [DeskPermission.SEE]
    page_title = _("Messages")
    header_icon = "mail"
    breadcrumbs_items = [HOME_BREADCRUMB, DESKS_BREADCRUMB]
    index_url_name = "verkosto_registrations_admin:messages"
    index_results_url_name = "verkosto_registrations_admin:messages_results"
    template_name = "verkosto_registrations/admin/messages.html"
    results_template_name = "verkosto_registrations/admin/results.html"
    filterset_class = MessageFilterSet
    is_searchable = True
    default_ordering = "-created_at"
    paginator_class = CountedPaginator
    paginate_by = 50
    verbose_name_plural = _("messages")
    locale = None
    shows_desk = True

    @cached_property
    def columns(self) -> list[BaseColumn]:
        title = Column(
            "desk",
            label=_("Event or page"),
            accessor=lambda row: row.desk.title if row.desk else "",
            classname="reg-wide-only",
        )
        checkboxes = [BulkActionsCheckboxColumn("bulk_actions", obj_type="message")] if self.can_resend else []
        return [
            *checkboxes,
            DetailTitleColumn(
                "subject",
                accessor=lambda row: row.subject or mail_kind_label(row.kind),
                label=_("Message"),
                get_url=lambda row: reverse("verkosto_registrations_admin:message", args=[row.pk]),
                get_title_id=lambda row: f"message_{row.pk}_title",
                detail=lambda row: mail_kind_label(row.kind) if row.subject else "",
                narrow_detail=lambda row: row.recipient,
            ),
            Column("recipient", label=_("Recipient"), sort_key="recipient", classname="reg-wide-only"),
            *([title] if self.shows_desk else []),
            LanguageColumn("language", label=_("Language"), sort_key="language", classname="reg-wide-only"),
            StateColumn("state", label=_("State"), accessor=message_state, sort_key="state"),
            DateColumn("created_at", label=_("Written"), sort_key="created_at", classname="reg-wide-only"),
        ]

    def get_base_queryset(self) -> QuerySet[Message]:
        rows = Message.objects.select_related("desk", "registration").defer("text", "context")
        if self.request.user.is_superuser:
            return rows
        return rows.filter(desk__in=desks_for(self.request.user))

    @cached_property
    def can_resend(self) -> bool:
        return has_permission(self.request.user, DeskPermission.CHANGE)

    @property
    def resendable(self) -> QuerySet[Message]:
        """The messages that could not be delivered and that the user may send again."""
        return failed_messages_of(self.request.user)

    @property
    def resend_failed_url(self) -> str:
        return reverse("verkosto_registrations_admin:messages_resend_failed")

    def search_queryset(self, queryset: MessageQuerySet) -> QuerySet[Message]:
        if not self.is_searching:
            return queryset
        return queryset.matching(self.search_query)

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        context: dict[str, object] = {
            **super().get_context_data(**kwargs),
            "can_resend": self.can_resend,
            "number_failed": self.resendable.count() if self.can_resend else 0,
            "resend_failed_url": self.resend_failed_url,
        }
        log("registrations.see_messages", getattr(self, "desk", self.request.user), self.request.user)
        return context


class MessageResultsView(MessageIndexView):
    results_only = True


class DeskMessageIndexView(DeskViewMixin, MessageIndexView):
    """The messages of one desk."""

    tab = "messages"
    shows_desk = False
    template_name = "verkosto_registrations/admin/messages_of_desk.html"

    @cached_property
    def can_resend(self) -> bool:
        return self.has_permission(DeskPermission.CHANGE)

    @property
    def resendable(self) -> QuerySet[Message]:
        return super().resendable.filter(desk=self.desk)

    @property
    def resend_failed_url(self) -> str:
        return self.desk_url("desk_messages_resend_failed")

    def get_base_queryset(self) -> QuerySet[Message]:
        return super().get_base_queryset().filter(desk=self.desk)

    def get_index_url(self) -> str:
        return self.desk_url("desk_messages")

    def get_index_results_url(self) -> str:
        return self.desk_url("desk_messages_results")


class DeskMessageResultsView(DeskMessageIndexView):
    results_only = True


class MessageViewMixin:
    """Loads a message that the user may see."""

    required_permission: str = DeskPermission.SEE
    message: Message

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]  # a mixin for views
        rows = Message.objects.select_related("desk", "registration")
        if not request.user.is_superuser:
            rows = rows.filter(desk__in=desks_for(request.user, self.required_permission))
        self.message = get_object_or_404(rows, pk=kwargs["pk"])


class MessageView(MessageViewMixin, RegistrationsAdminView):
    """A message as it was sent, with its state and the reason why it failed."""

    header_icon = "mail"
    template_name = "verkosto_registrations/admin/message.html"

    def get_page_title(self) -> str:
        return self.message.subject or mail_kind_label(self.message.kind)

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        desk = self.message.desk
        path: list[dict[str, Any]] = [HOME_BREADCRUMB, DESKS_BREADCRUMB]
        if desk:
            path.append(
                {"url": reverse("verkosto_registrations_admin:registrations", args=[desk.pk]), "label": desk.title}
            )
            path.append(
                {
                    "url": reverse("verkosto_registrations_admin:desk_messages", args=[desk.pk]),
                    "label": gettext("Messages"),
                }
            )
        return [*path, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def can_resend(self) -> bool:
        desk = self.message.desk
        return self.message.state not in (MessageState.QUEUED, MessageState.SENDING) and (
            has_permission(self.request.user, DeskPermission.CHANGE, desk) if desk else self.request.user.is_superuser
        )

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        log("registrations.see_messages", self.message.registration or self.request.user, self.request.user)
        return {
            **super().get_context_data(**kwargs),
            "message": self.message,
            "state": message_state(self.message),
            "kind": mail_kind_label(self.message.kind),
            "language": get_content_languages().get(self.message.language, self.message.language),
            "can_resend": self.can_resend,
        }
