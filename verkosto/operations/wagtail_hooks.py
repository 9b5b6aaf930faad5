from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from verkosto.core.health import HOOK, HealthCheck
from verkosto.operations.admin_views import TITLE, OperationsMenuItem, OperationsView
from verkosto.operations.checks import OWN_CHECKS, VERSIONS


@hooks.register(HOOK)
def health_checks() -> list[HealthCheck]:
    return OWN_CHECKS


@hooks.register(HOOK, order=100)
def versions() -> list[HealthCheck]:
    return VERSIONS


@hooks.register("register_admin_urls")
def operations_url() -> list[URLPattern]:
    return [path("operations/", OperationsView.as_view(), name="operations")]


@hooks.register("register_reports_menu_item")
def operations_menu_item() -> MenuItem:
    return OperationsMenuItem(TITLE, reverse_lazy("operations"), name="operations", icon_name="cogs", order=900)


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="verkosto_operations", codename="view_operations")
