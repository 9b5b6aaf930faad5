"""The admin's URLs about the meetings of a series, below ``series/``."""

from django.urls import path

from event_pages.meetings.add_views import AddMeetingsView
from event_pages.meetings.change_views import ChangeMeetingsView

app_name = "verkosto_events_admin"

urlpatterns = [
    path("<int:series_pk>/add-meetings/", AddMeetingsView.as_view(), name="add_meetings"),
    path("<int:series_pk>/meetings/", ChangeMeetingsView.as_view(), name="change_meetings"),
]
