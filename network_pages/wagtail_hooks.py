from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Page

from event_pages.panels import NETWORKS_HOOK

from .models import NetworkPage
from .viewsets import MemberViewSet, NetworkListing


@hooks.register(NETWORKS_HOOK)
def network_page_types() -> list[type[Page]]:
    return [NetworkPage]


@hooks.register("register_admin_viewset")
def network_listing() -> ViewSet:
    return NetworkListing("networks")


@hooks.register("register_admin_viewset")
def members() -> ViewSet:
    return MemberViewSet("members")
