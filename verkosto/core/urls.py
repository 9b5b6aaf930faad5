from django.urls import path

from verkosto.core.draft_views import shared_draft
from verkosto.core.views import constellation_image

urlpatterns = [
    path("share/<uuid:key>.png", constellation_image, name="constellation_image"),
    path("draft/<str:token>/", shared_draft, name="shared_draft"),
]
