from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from verkosto.registrations.admin.permissions import OF_DATA_PROTECTION, DeskPermission, policy, protects_all_data


class RegistrationsMenuItem(MenuItem):
    """A menu item for staff with one of the permissions to any desk."""

    def __init__(self, *args: Any, permissions: tuple[str, ...] = (DeskPermission.SEE,), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.permissions = permissions

    def is_shown(self, request: HttpRequest) -> bool:
        return policy.user_has_any_permission(request.user, self.permissions)


class DocumentsMenuItem(MenuItem):
    """The menu item of the documents of data protection, for those who answer for the data of the whole project."""

    def is_shown(self, request: HttpRequest) -> bool:
        return protects_all_data(request.user)


def registrations_menu_item() -> SubmenuMenuItem:
    """Return the item of Wagtail's main menu. Apps add to it with the hook ``register_verkosto_registrations_menu_item``."""
    menu = Menu(register_hook_name="register_verkosto_registrations_menu_item", items=_own_items())
    return SubmenuMenuItem(_("Registrations"), menu, name="registrations", icon_name="clipboard-list", order=250)


def _own_items() -> list[MenuItem]:
    return [*_items_of_registrations(), *_items_of_data_protection()]


def _items_of_registrations() -> list[MenuItem]:
    return [
        RegistrationsMenuItem(
            _("Events and pages"),
            reverse_lazy("verkosto_registrations_admin:desks"),
            name="desks",
            icon_name="clipboard-list",
            order=10,
        ),
        RegistrationsMenuItem(
            _("Check-in today"),
            reverse_lazy("verkosto_registrations_admin:check_in_today"),
            name="check_in_today",
            icon_name="check",
            order=15,
            permissions=(DeskPermission.CHECK_IN,),
        ),
        RegistrationsMenuItem(
            _("Messages"),
            reverse_lazy("verkosto_registrations_admin:messages"),
            name="messages",
            icon_name="mail",
            order=20,
        ),
    ]


def _items_of_data_protection() -> list[MenuItem]:
    return [
        RegistrationsMenuItem(
            _("Personal data"),
            reverse_lazy("verkosto_registrations_admin:data_subject"),
            name="data_subject",
            icon_name="user",
            order=60,
            permissions=OF_DATA_PROTECTION,
        ),
        RegistrationsMenuItem(
            _("Retention"),
            reverse_lazy("verkosto_registrations_admin:retention"),
            name="retention",
            icon_name="bin",
            order=70,
            permissions=OF_DATA_PROTECTION,
        ),
        RegistrationsMenuItem(
            _("Archives"),
            reverse_lazy("verkosto_registrations_admin:archives"),
            name="archives",
            icon_name="folder-inverse",
            order=75,
            permissions=(DeskPermission.PROTECT_DATA,),
        ),
        DocumentsMenuItem(
            _("Data protection documents"),
            reverse_lazy("verkosto_registrations_admin:document", args=["record"]),
            name="privacy_documents",
            icon_name="doc-full",
            order=80,
        ),
    ]
