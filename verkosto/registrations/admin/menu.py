from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from verkosto.registrations.admin.permissions import DeskPermission, has_permission


class RegistrationsMenuItem(MenuItem):
    """A menu item for staff with a permission to any desk."""

    def __init__(self, *args: Any, permission: str = DeskPermission.SEE, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return has_permission(request.user, self.permission)


def registrations_menu_item() -> SubmenuMenuItem:
    """Return the item of Wagtail's main menu. Apps add to it with the hook ``register_verkosto_registrations_menu_item``."""
    menu = Menu(
        register_hook_name="register_verkosto_registrations_menu_item",
        items=[
            RegistrationsMenuItem(
                _("Events and pages"),
                reverse_lazy("verkosto_registrations_admin:desks"),
                name="desks",
                icon_name="clipboard-list",
                order=10,
            ),
            RegistrationsMenuItem(
                _("Messages"),
                reverse_lazy("verkosto_registrations_admin:messages"),
                name="messages",
                icon_name="mail",
                order=20,
            ),
            RegistrationsMenuItem(
                _("Personal data"),
                reverse_lazy("verkosto_registrations_admin:data_subject"),
                name="data_subject",
                icon_name="user",
                order=60,
            ),
            RegistrationsMenuItem(
                _("Retention"),
                reverse_lazy("verkosto_registrations_admin:retention"),
                name="retention",
                icon_name="bin",
                order=70,
            ),
        ],
    )
    return SubmenuMenuItem(_("Registrations"), menu, name="registrations", icon_name="clipboard-list", order=250)
