from django.urls import URLPattern, path
from wagtail import hooks

from verkosto.embedding.admin_views import SnippetView, snippet_buttons

hooks.register("register_page_header_buttons", snippet_buttons)


@hooks.register("register_admin_urls")
def snippet_url() -> list[URLPattern]:
    return [path("pages/<int:page_pk>/embed/", SnippetView.as_view(), name="embedding_snippet")]
