"""The tokens in the admin: people make their own, and see and revoke them. Some see and revoke those of everybody."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from verkosto.api.admin.forms import TokenForm
from verkosto.api.enums import TokenRight
from verkosto.api.models import ApiToken
from verkosto.api.tokens import create_token, revoke_token
from verkosto.core.formats import format_day
from verkosto.core.users import signed_in_user
from verkosto.registrations.admin.responses import private_response

#: Who may make tokens sees their own; who may delete tokens sees all.
OWN, ALL = "verkosto_api.add_apitoken", "verkosto_api.delete_apitoken"


class VisibleTokensMixin:
    """The tokens that the user may see and revoke."""

    request: HttpRequest

    def get_queryset(self) -> QuerySet[ApiToken]:
        tokens: QuerySet[ApiToken] = ApiToken.objects.select_related("user", "page")
        user = signed_in_user(self.request)
        return tokens if user.has_perm(ALL) else tokens.filter(user=user)


class TokenIndexView(VisibleTokensMixin, generic.IndexView):
    """The list of tokens."""

    default_ordering = "-created_at"
    is_searchable = False

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("name", label=_("Name"), get_url=self.get_delete_url),
            Column("start", label=_("Begins with"), accessor=lambda token: f"{token.start}…"),
            Column("rights", label=_("Rights"), accessor=rights_text),
            Column("page", label=_("Page"), accessor=lambda token: token.page or _("All pages")),
            Column("user", label=_("Created by"), accessor=lambda token: token.user or ""),
            DateColumn("last_used_at", label=_("Last used")),
            Column("state", label=_("Status"), accessor=state_text),
        ]

    def get_delete_url(self, instance: ApiToken) -> str | None:
        """Return the address at which a token is revoked; None for one that is revoked."""
        return None if instance.revoked_at else reverse(self.delete_url_name, args=[instance.pk])


class TokenCreateView(generic.CreateView):
    """Make a token, and show it this one time."""

    permission_required = "add"

    def form_valid(self, form: TokenForm) -> HttpResponse:
        token = form.save(commit=False)
        secret = create_token(token=token, user=signed_in_user(self.request))
        context = {
            **self.get_context_data(form=form),
            "token": token,
            "secret": secret,
            "page_title": _("API token created"),
            "header_title": _("API token created"),
            "index_url": reverse(self.index_url_name),
        }
        return private_response(TemplateResponse(self.request, "verkosto_api/admin/token_created.html", context))


class TokenRevokeView(VisibleTokensMixin, generic.DeleteView):
    """Ask before a token is revoked. Its row stays for the list."""

    permission_required = None
    any_permission_required = ("add", "delete")
    page_title = gettext_lazy("Revoke")
    template_name = "verkosto_api/admin/revoke_token.html"

    def get_usage_url(self) -> None:
        """Return none: nothing refers to a token."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        revoke_token(token=self.object, user=signed_in_user(request))
        messages.success(request, _("The token “%(name)s” has been revoked.") % {"name": self.object.name})
        return redirect(self.get_success_url())


class TokenViewSet(ModelViewSet):
    """The list of tokens, in the menu of settings."""

    model = ApiToken
    icon = "key"
    menu_label = gettext_lazy("API tokens")
    menu_order = 650
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    index_view_class = TokenIndexView
    add_view_class = TokenCreateView
    delete_view_class = TokenRevokeView
    #: A token is never changed: the system that has it could not know.
    offered = ("index", "index_results", "add", "delete")

    def get_form_class(self, for_update: bool = False) -> type[TokenForm]:
        return TokenForm

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in self.offered]

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        return super().get_permissions_to_register().exclude(codename__startswith="change_")

    def register_admin_url_finder(self) -> None:
        """Leave it out: there is no address at which a token is changed."""


def rights_text(token: ApiToken) -> str:
    """Return the rights of a token in the active language."""
    return ", ".join(str(right.label) for right in TokenRight if token.allows(right))


def state_text(token: ApiToken) -> str:
    """Return whether a token can be used, in the active language."""
    if token.revoked_at:
        return _("Revoked")
    if not token.is_valid:
        return (
            pgettext("API token", "Expired")
            if token.user and token.user.is_active
            else _("Its creator has no account")
        )
    return _("Valid until %(day)s") % {"day": format_day(token.expires_on)}
