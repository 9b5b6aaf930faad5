from django.urls import path

from verkosto.localisation.admin.views.assignments import work_view
from verkosto.localisation.admin.views.bulk import bulk_view
from verkosto.localisation.admin.views.dashboard import DeskView
from verkosto.localisation.admin.views.editor import compare_view, part_view, parts_view, string_view
from verkosto.localisation.admin.views.exchange import exchange_view

app_name = "verkosto_localisation"
urlpatterns = [
    path("", DeskView.as_view(), name="desk"),
    path("results/", DeskView.as_view(results_only=True), name="desk_results"),
    path("work/<int:pk>/", work_view, name="work"),
    path("bulk/<int:pk>/", bulk_view, name="bulk"),
    path("<int:pk>/strings/<int:segment_pk>/", string_view, name="string"),
    path("exchange/", exchange_view, name="exchange"),
    path("<int:pk>/parts/", parts_view, name="parts"),
    path("<int:pk>/parts/<str:path>/", part_view, name="part"),
    path("<int:pk>/compare/", compare_view, name="compare"),
]
