from django.urls import path

from verkosto.core.views import constellation_image

urlpatterns = [path("share/<uuid:key>.png", constellation_image, name="constellation_image")]
