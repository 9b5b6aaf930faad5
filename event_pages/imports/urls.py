"""The admin's URLs of the import of events, below ``event-import/``."""

from django.urls import path

from event_pages.imports.views import ImportEventsView, template_view

app_name = "verkosto_events_import"

urlpatterns = [
    path("", ImportEventsView.as_view(), name="import"),
    path("template/", template_view, name="template"),
]
