"""The addresses of the LinkedEvents API. Include them as "linkedevents/v1/", outside the language prefixes."""

from django.urls import path

from verkosto.linked_events import views
from verkosto.linked_events.identifiers import NAMESPACE

app_name = NAMESPACE

urlpatterns = [
    path("", views.root, name="root"),
    path("event/", views.event_list, name="event_list"),
    path("event/<str:identifier>/", views.event, name="event"),
    path("keyword/", views.keyword_list, name="keyword_list"),
    path("keyword/<str:identifier>/", views.keyword, name="keyword"),
    path("language/", views.language_list, name="language_list"),
    path("language/<str:identifier>/", views.language, name="language"),
    path("place/", views.place_list, name="place_list"),
    path("place/<str:identifier>/", views.place, name="place"),
    path("<path:rest>", views.not_found, name="not_found"),
]
