"""The import of places: staff look for them on the server, see what is new or changed, and choose."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from verkosto.core.http_client import RequestFailed
from verkosto.linked_events import client, conf
from verkosto.linked_events.admin.permissions import may_import_places
from verkosto.linked_events.enums import PlaceState
from verkosto.linked_events.places.place_import import PlannedPlace, import_place, plan
from verkosto.linked_events.places.remote import place_of, places_of
from verkosto.registrations.admin.views.base import HOME_BREADCRUMB

MOST_CHOSEN = 50  # each is asked of the server
STATES: dict[str, tuple[str, str]] = {
    PlaceState.NEW: ("plus", "attention"),
    PlaceState.SAME_NAME: ("link", "attention"),
    PlaceState.CHANGED: ("rotate", "attention"),
    PlaceState.UNCHANGED: ("check", "good"),
}


class PlaceSearchForm(forms.Form):
    text = forms.CharField(
        label=_("Name or street"),
        min_length=3,
        max_length=100,
        help_text=_("Places of the server whose name or street has this text are found."),
    )


class ImportPlacesView(WagtailAdminTemplateMixin, View):
    """GET looks for places, POST imports those that were chosen."""

    header_icon = "home"
    page_title = _("Import places from LinkedEvents")
    template_name = "verkosto_linked_events/admin/places.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not may_import_places(request.user):
            raise PermissionDenied

    def get(self, request: HttpRequest) -> HttpResponse:
        form = PlaceSearchForm(request.GET if "text" in request.GET else None)
        context = {"form": form, "has_server": bool(conf.server_url()), "media": form.media}
        if context["has_server"] and form.is_valid():
            try:
                planned = plan(places_of(client.read_places(form.cleaned_data["text"])))
            except RequestFailed as error:
                form.add_error(None, _("The server does not answer as it should. Try again later."))
                context["problem"] = str(error)
            else:
                context["rows"] = [_row(each) for each in planned]
                context["searched"] = form.cleaned_data["text"]
        return self.render_to_response(self.get_context_data(**context))

    def post(self, request: HttpRequest) -> HttpResponse:
        chosen = list(dict.fromkeys(request.POST.getlist("place")))[:MOST_CHOSEN]
        states: Counter[str] = Counter()
        failed = 0
        for identifier in chosen if conf.server_url() else ():
            try:
                place = place_of(client.read_place(identifier))
            except RequestFailed:
                place = None
            if place is None or place.identifier != identifier:
                failed += 1
            else:
                states[import_place(place, user=request.user)] += 1
        if done := states.total() - states[PlaceState.UNCHANGED]:
            text = ngettext("%(count)s place was imported.", "%(count)s places were imported.", done)
            messages.success(request, text % {"count": done})
        elif not failed:
            messages.info(request, _("Nothing was to be imported."))
        if failed:
            text = ngettext(
                "%(count)s place could not be read from the server.",
                "%(count)s places could not be read from the server.",
                failed,
            )
            messages.error(request, text % {"count": failed})
        return redirect(f"{reverse('linked_events:places')}?{urlencode({'text': request.POST.get('text', '')})}")

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [HOME_BREADCRUMB, {"url": "", "label": self.page_title}]


def _row(planned: PlannedPlace) -> dict[str, object]:
    icon, tone = STATES[planned.state]
    return {
        "place": planned.place,
        "state": {"label": planned.state.label, "icon": icon, "tone": tone},
        "can_be_chosen": planned.state != PlaceState.UNCHANGED,
        "is_chosen": planned.state == PlaceState.CHANGED,
    }
