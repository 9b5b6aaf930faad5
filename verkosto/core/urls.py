from django.urls import path

from verkosto.core.views import share_figure_png

urlpatterns = [path("share/<uuid:key>.png", share_figure_png, name="share_figure")]
