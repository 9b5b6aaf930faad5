from django.urls import path

from .views.desk import DeskView
from .views.work import work_view

app_name = "localisation"
urlpatterns = [
    path("", DeskView.as_view(), name="desk"),
    path("results/", DeskView.as_view(results_only=True), name="desk_results"),
    path("work/<int:pk>/", work_view, name="work"),
]
