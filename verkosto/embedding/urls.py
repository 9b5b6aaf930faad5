from django.urls import path, re_path

from verkosto.embedding import views

app_name = "verkosto_embedding"

urlpatterns = [
    path("oembed/", views.oembed, name="oembed"),
    re_path(r"^embed/page/(?P<path>(?:[\w\-]+/)*)$", views.page, name="page"),
    re_path(r"^embed/form/(?P<path>(?:[\w\-]+/)*)$", views.form, name="form"),
]
