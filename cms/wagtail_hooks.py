from functools import partial

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.views.i18n import JavaScriptCatalog
from wagtail import hooks
from wagtail.users.models import UserProfile

from cms import health
from cms.account import EmailPanel
from cms.admin_api import limit_to_permitted
from cms.email_template_translations import email_template_translation_view
from cms.guides import GUIDES, GuideMenuItem, GuideView
from verkosto.core.health import HOOK as HEALTH_HOOK
from verkosto.core.users import AnyUser


@hooks.register("register_admin_urls", order=-10)
def register_script_catalogue() -> list[URLPattern]:
    """Replace wagtail-localize's JavaScript catalogue, which does not contain the strings of cms/overlay."""
    return [path("localize/jsi18n/", JavaScriptCatalog.as_view(), name="script_catalogue")]


@hooks.register("register_admin_urls")
def register_email_template_translation_url() -> list[URLPattern]:
    return [
        path(
            "translations/mail/<int:page_pk>/<str:kind>/",
            email_template_translation_view,
            name="email_template_translation",
        )
    ]


hooks.register("construct_admin_api", limit_to_permitted, order=10)  # after Wagtail's own


@hooks.register("insert_global_admin_css")
def register_admin_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("register_account_settings_panel")
def register_email_panel(request: HttpRequest, user: AnyUser, profile: UserProfile) -> EmailPanel:
    return EmailPanel(request, user, profile)


@hooks.register("register_admin_urls")
def register_guide_url() -> list[URLPattern]:
    return [path("guides/<slug:name>/", GuideView.as_view(), name="guide")]


for position, guide in enumerate(GUIDES):
    hooks.register("register_help_menu_item", partial(GuideMenuItem, guide, position))


hooks.register(HEALTH_HOOK, health.health_checks, order=-10)
