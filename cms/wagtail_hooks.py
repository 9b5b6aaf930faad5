from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.views.i18n import JavaScriptCatalog
from wagtail import hooks

from cms.mail_words import mail_words_view


@hooks.register("register_admin_urls", order=-10)
def register_script_catalogue() -> list[URLPattern]:
    """At wagtail-localize's own address: its view reads its own catalogue alone, and not our overlay."""
    return [path("localize/jsi18n/", JavaScriptCatalog.as_view(), name="script_catalogue")]


@hooks.register("register_admin_urls")
def register_mail_words() -> list[URLPattern]:
    return [path("translations/mail/<int:page_pk>/<str:kind>/", mail_words_view, name="mail_words")]


@hooks.register("insert_global_admin_css")
def house_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))
