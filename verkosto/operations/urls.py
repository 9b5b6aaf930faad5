from django.urls import path

from verkosto.operations.views import metrics_view

urlpatterns = [path("metrics", metrics_view, name="metrics")]
