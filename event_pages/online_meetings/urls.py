"""The admin's URLs of meetings online, below ``online-meetings/``."""

from django.urls import path

from event_pages.online_meetings.views import OnlineMeetingsView, try_again_view

app_name = "verkosto_events_meetings"

urlpatterns = [
    path("", OnlineMeetingsView.as_view(), name="list"),
    path("<int:pk>/again/", try_again_view, name="again"),
]
