"""LinkedEvents in the menu of the settings, on a site that has a server."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from verkosto.linked_events import conf
from verkosto.linked_events.admin.permissions import SEE, SEND, may_import_places, policy
from verkosto.linked_events.admin.place_import import ImportPlacesView
from verkosto.linked_events.admin.views import PushedEventIndexView, SendAgainView


class EventsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(conf.server_url()) and policy.user_has_any_permission(request.user, [SEE, SEND])


class PlacesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(conf.server_url()) and may_import_places(request.user)


class LinkedEventsViewSet(ViewSet):
    """The list of events on the server, and the import of its places."""

    url_prefix = "linked-events"

    def on_register(self) -> None:
        super().on_register()
        hooks.register("register_settings_menu_item", self._events_item)
        hooks.register("register_settings_menu_item", self._places_item)

    def _events_item(self) -> MenuItem:
        return EventsMenuItem(
            _("LinkedEvents"), self._url("index"), name="linked-events", icon_name="globe", order=910
        )

    def _places_item(self) -> MenuItem:
        return PlacesMenuItem(
            _("Places from LinkedEvents"), self._url("places"), name="linked-places", icon_name="home", order=911
        )

    def _url(self, name: str) -> str:
        return reverse(self.get_url_name(name))

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", PushedEventIndexView.as_view(), name="index"),
            path("results/", PushedEventIndexView.as_view(results_only=True), name="index_results"),
            path("<int:pk>/send/", SendAgainView.as_view(), name="send"),
            path("places/", ImportPlacesView.as_view(), name="places"),
        ]
