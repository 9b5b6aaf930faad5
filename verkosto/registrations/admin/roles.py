"""The roles of people in the admin: who has which role where. For those with Django's permission to the model."""

from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import QuerySet
from django.urls import URLPattern
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from verkosto.core.users import signed_in_user
from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.forms.roles import RoleForm
from verkosto.registrations.domain.roles import give_role
from verkosto.registrations.models import RoleAssignment


class RoleIndexView(generic.IndexView):
    """The roles of everybody, the latest first."""

    default_ordering = "-created_at"
    search_fields = ["user__username", "user__first_name", "user__last_name", "user__email"]

    def get_base_queryset(self) -> QuerySet[RoleAssignment]:
        roles: QuerySet[RoleAssignment] = super().get_base_queryset()
        return roles.select_related("user", "page", "desk", "given_by")

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("user", label=_("Person"), accessor=person_name, get_url=self.get_delete_url),
            Column("role", label=_("Role"), accessor=lambda row: row.get_role_display()),
            Column("where", label=_("Where"), accessor=where_text),
            Column("given_by", label=_("Given by"), accessor=lambda row: row.given_by or ""),
            DateColumn("created_at", label=_("Given"), sort_key="created_at"),
        ]


class RoleCreateView(generic.CreateView):
    """Give a person a role."""

    def save_instance(self) -> RoleAssignment:
        self.form.instance.given_by = signed_in_user(self.request)
        role = give_role(assignment=self.form.instance)
        log("registrations.give_role", role, self.request.user, role=role.role)
        return role

    def get_success_buttons(self) -> list[dict[str, object]]:
        """Return none: a role is not changed."""
        return []


class RoleDeleteView(generic.DeleteView):
    """Take a role back."""

    page_title = gettext_lazy("Take the role back")

    def get_usage_url(self) -> None:
        """Return none: nothing refers to a role."""

    @transaction.atomic
    def delete_action(self) -> None:
        log("registrations.take_role", self.object, self.request.user, role=self.object.role)
        self.object.delete()


class RoleViewSet(ModelViewSet):
    """Roles, in the menu of settings. A role is never changed: it is taken back, and another one given."""

    model = RoleAssignment
    icon = "group"
    menu_label = gettext_lazy("Roles")
    menu_order = 640
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    index_view_class = RoleIndexView
    add_view_class = RoleCreateView
    delete_view_class = RoleDeleteView
    offered = ("index", "index_results", "add", "delete")

    def get_form_class(self, for_update: bool = False) -> type[RoleForm]:
        return RoleForm

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in self.offered]

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        return super().get_permissions_to_register().exclude(codename__startswith="change_")

    def register_admin_url_finder(self) -> None:
        """Leave it out: there is no address at which a role is changed."""


def person_name(role: RoleAssignment) -> str:
    return role.user.get_full_name() or role.user.get_username()


def where_text(role: RoleAssignment) -> str:
    """Return the title of the page, or of the desk with a remark that it is that one alone."""
    if role.page:
        return str(role.page.get_admin_display_title())
    return _("%(title)s only") % {"title": role.desk}
