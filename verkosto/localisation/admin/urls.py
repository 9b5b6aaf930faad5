from django.urls import path

from verkosto.localisation.admin.views.assignments import assignment_view
from verkosto.localisation.admin.views.bulk_submission import bulk_submission_view
from verkosto.localisation.admin.views.dashboard import DashboardView
from verkosto.localisation.admin.views.editor import compare_view
from verkosto.localisation.admin.views.exchange import exchange_view
from verkosto.localisation.admin.views.glossary_files import glossary_files_view
from verkosto.localisation.admin.views.local_overrides import local_override_view, local_overrides_view
from verkosto.localisation.admin.views.string import questions_view, string_view
from verkosto.localisation.admin.views.work_report import work_report_view

app_name = "verkosto_localisation"
urlpatterns = [
    path("", DashboardView.as_view(), name="dashboard"),
    path("results/", DashboardView.as_view(results_only=True), name="dashboard_results"),
    path("assignments/<int:pk>/", assignment_view, name="assignment"),
    path("submissions/<int:pk>/", bulk_submission_view, name="bulk_submission"),
    path("work/", work_report_view, name="work"),
    path("glossary-files/", glossary_files_view, name="glossary_files"),
    path("questions/", questions_view, name="questions"),
    path("<int:pk>/strings/<int:string_pk>/<int:context_pk>/", string_view, name="string"),
    path("exchange/", exchange_view, name="exchange"),
    path("<int:pk>/overrides/", local_overrides_view, name="local_overrides"),
    path("<int:pk>/overrides/<str:path>/", local_override_view, name="local_override"),
    path("<int:pk>/compare/", compare_view, name="compare"),
]
